import { GatewayError } from '../../errors'

export interface ZivaCareDataType {
  /** As it stands in the address, and as a flow names it. */
  readonly name: string
  readonly title: string
  /** One object, or records: all, one by its code, those of a day or a period. A goal is not kept by day. */
  readonly kind: 'single' | 'records' | 'goals'
  /** Named on a page of docs.zivacare.com, or only in the vendor's own clients. */
  readonly known: 'pages' | 'clients'
}

type Row = [name: string, title: string, known: ZivaCareDataType['known'], kind?: ZivaCareDataType['kind']]

const rows: Row[] = [
  ['profile', 'Profile', 'clients', 'single'],
  ['activities', 'Activities', 'pages'],
  ['blood_glucoses', 'Blood glucose', 'pages'],
  ['blood_oxygens', 'Blood oxygen', 'pages'],
  ['blood_pressures', 'Blood pressure', 'pages'],
  ['bmis', 'Body mass index', 'pages'],
  ['body_fats', 'Body fat', 'pages'],
  ['falls', 'Falls', 'clients'],
  ['genetics', 'Genetic traits', 'clients'],
  ['heart_rates', 'Heart rate', 'pages'],
  ['heights', 'Height', 'pages'],
  ['locations', 'Locations', 'clients'],
  ['meals', 'Meals', 'pages'],
  ['respiration_rates', 'Respiration rate', 'clients'],
  ['sleep_goals', 'Sleep goals', 'pages', 'goals'],
  ['sleep_summary', 'Sleep summaries', 'clients'],
  ['sleeps', 'Sleeps', 'pages'],
  ['steps', 'Steps', 'pages'],
  ['water_goals', 'Water goals', 'pages', 'goals'],
  ['waters', 'Water', 'pages'],
  ['weight_goals', 'Weight goals', 'pages', 'goals'],
  ['weights', 'Weight', 'pages'],
]

/** All types of data. Source: docs.zivacare.com, "All endpoints" and "Goals"; ZivaCare's Android library. */
export const zivaCareDataTypes: readonly ZivaCareDataType[] = rows.map(
  ([name, title, known, kind = 'records']) => ({ name, title, kind, known }),
)

/** The type of a name. HG_INPUT for one that does not exist. */
export function zivaCareDataType(name: string): ZivaCareDataType {
  const found = zivaCareDataTypes.find((type) => type.name === name)
  if (found) return found
  throw new GatewayError(
    'HG_INPUT',
    'ZivaCare has no data of this type. Choose one of the list in the node, for example steps or sleeps.',
  )
}
