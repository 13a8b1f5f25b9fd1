import { isPlain } from '../content'
import type { ElementRule } from './rules'

/**
 * The words that E2369-05 has for some elements (tables A1.1 and section A2.5), as the rules of openhealthdata's
 * CCR-Validator list them.
 */
const lists = {
  actorStatus: ['Active', 'Prior History No Longer Active', 'Unknown'],
  payerType: [
    ...['Self-Pay', 'Primary Health Insurance', 'Supplemental Health Insurance', 'Prescription'],
    // The rules have "Prescription" and "Drug Benefit", and Worker's also without "'": what is meant may be either.
    ...['Drug Benefit', 'Prescription Drug Benefit', 'Mental Health Benefit', 'Long Term Care Benefit'],
    ...["Worker's Compensation", 'Workers Compensation', 'Auto Insurance', 'Dental Insurance', 'Other'],
  ],
  directiveType: [
    ...['Resuscitation Status', 'Intubation Status', 'IV Fluid and Support Status', 'CPR Status'],
    ...['Antibiotic Status', 'Life Support Status', 'Tube Feedings', 'Other'],
  ],
  directiveStatus: [
    ...['Current and Verified', 'Supported By Healthcare Will'],
    ...['Supported By Durable Power of Attorney for Healthcare', 'Verified With Family Only'],
    ...['Verified By Medical Record Only'],
  ],
  functionType: [
    ...['Ambulatory Status', 'Mental Status', 'Activities of Daily Living', 'Home/Living Situation'],
    ...['Ability to Care for Self'],
  ],
  functionStatus: ['Active', 'Chronic', 'Temporary', 'Resolved'],
  problemType: [
    ...['Problem', 'Condition', 'Diagnosis', 'Symptom', 'Finding', 'Complaint', 'Functional Limitation'],
  ],
  problemStatus: [
    ...['Active', 'Inactive', 'Chronic', 'Intermittent', 'Recurrent', 'Rule Out', 'Ruled Out', 'Resolved'],
  ],
  historyStatus: ['Active', 'Prior History No Longer Active', 'Unknown'],
  medicationType: [
    ...['Medication', 'IV Fluid', 'Parenteral Nutrition', 'Supplemental Nutrition', 'Immunization'],
    ...['Disposable', 'Supplies', 'Device', 'Implantable Device', 'Durable Medical Equipment'],
  ],
  medicationStatus: ['Active', 'On Hold', 'Prior History No Longer Active'],
  resultType: [
    ...['Hematology', 'Chemistry', 'Serology', 'Virology', 'Toxicology', 'Microbiology', 'Imaging - X-ray'],
    ...[
      'Ultrasound',
      'CT',
      'MRI',
      'Angiography',
      'Cardiac Echo',
      'Nuclear Medicine',
      'Pathology',
      'Procedure',
    ],
  ],
  testType: ['Observation', 'Result'],
  testStatus: ['Pending', 'In Process Preliminary Results', 'Final Results', 'Corrected Results'],
  stop: ['Yes'],
} as const satisfies Record<string, readonly string[]>

const folded = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ')

/** Holds the text of a child to a list, whatever its case. One without text has codes, or says nothing. */
export function words(child: string, list: keyof typeof lists): ElementRule {
  const known = new Set(lists[list].map(folded))
  return (element, place, report) => {
    const coded = element[child]
    if (!isPlain(coded) || typeof coded.Text !== 'string') return
    const text = folded(coded.Text)
    if (text === '' || known.has(text)) return
    report.add('value.unknown', place, `Its ${child} should be one of ${lists[list].join(', ')}.`)
  }
}
