import { html } from '../../html'
import type { Source } from '../sources'
import { isoDay, isoTime, type Subject } from './subject'
import { medicalLists } from './medical'

/** The summary document of a place of care: a small C-CDA Continuity of Care Document. */
export function ccdXml(subject: Subject, source: Source): string {
  const { person, user, now } = subject
  const compact = (iso: string) => iso.replace(/\D/g, '').slice(0, 14)
  const names = (resource: string) =>
    (medicalLists[resource]?.(subject) ?? [])
      .filter((entry) => entry.source === source)
      .map(({ fields }) => html`<item>${String(fields.name)}</item>`)
  const section = (code: string, title: string, resource: string) =>
    html` <component
      ><section>
        <code code="${code}" codeSystem="2.16.840.1.113883.6.1" />
        <title>${title}</title>
        <text><list>${names(resource)}</list></text>
      </section></component
    >`
  return html`<?xml version="1.0" encoding="UTF-8"?>
    <ClinicalDocument xmlns="urn:hl7-org:v3">
      <realmCode code="US" />
      <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040" />
      <templateId root="2.16.840.1.113883.10.20.22.1.2" />
      <id root="2.16.840.1.113883.19" extension="${user.humanId}" />
      <code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summarization of Episode Note" />
      <title>Continuity of Care Document (made up for this sandbox)</title>
      <effectiveTime value="${compact(isoTime(now))}+0000" />
      <confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25" />
      <languageCode code="en-US" />
      <recordTarget
        ><patientRole>
          <id root="2.16.840.1.113883.19.5" extension="${user.humanId}" />
          <patient>
            <name><given>${person.given}</given><family>${person.family}</family></name>
            <administrativeGenderCode
              code="${person.gender === 'female' ? 'F' : 'M'}"
              codeSystem="2.16.840.1.113883.5.1"
            />
            <birthTime value="${compact(person.birthDate)}" />
          </patient>
          <providerOrganization><name>${source.name}</name></providerOrganization>
        </patientRole></recordTarget
      >
      <component
        ><structuredBody
          >${[
            section('48765-2', 'Allergies', 'allergies'),
            section('10160-0', 'Medications', 'medications'),
            section('11450-4', 'Problems', 'issues'),
            section('11369-6', 'Immunizations', 'immunizations'),
          ]}
        </structuredBody></component
      >
    </ClinicalDocument> `.markup
}

const REPORTS = {
  highlights: 'Highlights',
  healthcheck: 'Health check',
  unity: 'Unity',
  ccdraw: 'CCD',
} as const

export type ReportCode = keyof typeof REPORTS

export const reportCodes = Object.keys(REPORTS) as ReportCode[]

export interface Report {
  title: string
  person: string
  day: string
  /** Names of the problems and medications. */
  problems: string[]
  medications: string[]
}

export function reportOf(subject: Subject, code: ReportCode): Report {
  const names = (resource: string) => [
    ...new Set((medicalLists[resource]?.(subject) ?? []).map(({ fields }) => String(fields.name))),
  ]
  return {
    title: `${REPORTS[code]} (made up for this sandbox)`,
    person: `${subject.person.given} ${subject.person.family}`,
    day: isoDay(subject.now),
    problems: names('issues'),
    medications: names('medications'),
  }
}

const lines = ({ title, person, day, problems, medications }: Report): string[] => [
  title,
  `${person}, ${day}`,
  `Problems: ${problems.join(', ')}`,
  `Medications: ${medications.join(', ')}`,
]

export function reportHtml(report: Report): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${report.title}</title>
      </head>
      <body>
        ${lines(report).map((line) => html`<p>${line}</p>`)}
      </body>
    </html> `.markup
}

/** One page of text, by the PDF 1.4 reference. */
export function reportPdf(report: Report): Buffer {
  const escaped = (line: string) => line.replace(/[\\()]/g, '\\$&')
  const text = lines(report).map((line, index) => `${index === 0 ? '' : '0 -18 Td '}(${escaped(line)}) Tj`)
  const stream = `BT /F1 11 Tf 50 780 Td ${text.join(' ')} ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let pdf = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const at = pdf.length
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(at).padStart(10, '0')} 00000 n \n`
  })
  const start = pdf.length
  pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`
  pdf += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(pdf, 'latin1')
}
