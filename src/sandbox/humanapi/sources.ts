import { hexId } from './ids'

/** Where health data come from: a place of care, a device, an app. */
export interface Source {
  id: string
  name: string
  kind: 'medical' | 'wellness'
  /** One line for who looks for it. */
  about: string
  /** As `GET /sources` names them. */
  dataTypes: readonly DataType[]
}

export type DataType =
  | 'activities'
  | 'sleeps'
  | 'locations'
  | 'meals'
  | 'genetics'
  | 'blood_glucose'
  | 'blood_oxygen'
  | 'blood_pressure'
  | 'bmi'
  | 'body_fat'
  | 'heart_rate'
  | 'height'
  | 'weight'
  | 'medical_record'
  | 'prescriptions'

function source(kind: Source['kind'], name: string, about: string, ...dataTypes: DataType[]): Source {
  return { id: hexId(`source ${name}`), name, kind, about, dataTypes }
}

/** Metric units and coded results. */
export const hospital = source(
  'medical',
  'Example General Hospital',
  'Hospital in Exampleton',
  'medical_record',
)

/** US units, names without codes. */
export const practice = source(
  'medical',
  'Sample Family Practice',
  'Doctors in Sampleville',
  'medical_record',
)

export const pharmacy = source(
  'medical',
  'Example Street Pharmacy',
  'Pharmacy in Exampleton',
  'prescriptions',
)

export const band = source(
  'wellness',
  'Demo Fitness Band',
  'Band for the wrist',
  ...(['activities', 'sleeps', 'heart_rate', 'locations'] as const),
)

export const scale = source(
  'wellness',
  'Demo Smart Scale',
  'Bathroom scale',
  ...(['weight', 'bmi', 'body_fat', 'height'] as const),
)

export const diary = source(
  'wellness',
  'Demo Health Diary',
  'App',
  ...(['blood_pressure', 'blood_glucose', 'blood_oxygen', 'meals', 'weight'] as const),
)

export const geneKit = source('wellness', 'Demo Gene Kit', 'Kit by post', 'genetics')

export const sources: readonly Source[] = [hospital, practice, pharmacy, band, scale, diary, geneKit]

export function sourceWith(id: string): Source | undefined {
  return sources.find((one) => one.id === id)
}
