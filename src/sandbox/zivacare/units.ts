import { rounded } from '../random'

/** Values of the header X-Unit-System. */
export const unitSystems = ['metric', 'us', 'uk'] as const

export type UnitSystem = (typeof unitSystems)[number]

/** What is given in other units in other systems. Source: docs.zivacare.com, "Unit System" (?p=1515). */
const units = {
  distance: { metric: 'km', us: 'mi', uk: 'mi' },
  glucose: { metric: 'mmol/L', us: 'mg/dL', uk: 'mg/dL' },
  length: { metric: 'cm', us: 'inches', uk: 'cm' },
  weight: { metric: 'kg', us: 'pounds', uk: 'pounds' },
  volume: { metric: 'ml', us: 'oz', uk: 'ml' },
} as const satisfies Record<string, Record<UnitSystem, string>>

export type Quantity = keyof typeof units

/** One of a unit, in the metric one. Glucose: 180.156 g/mol. */
const sizes: Readonly<Record<string, number>> = {
  mi: 1.609344,
  'mg/dL': 1 / 18.0156,
  inches: 2.54,
  pounds: 0.45359237,
  oz: 29.5735295625,
}

/** A record with `fields` and `unit` as they are in a system. A field that is text stays text, one not there stays so. */
export function converted(
  record: Readonly<Record<string, unknown>>,
  { quantity, fields }: { quantity: Quantity; fields: readonly string[] },
  system: UnitSystem,
): Record<string, unknown> {
  const unit = units[quantity][system]
  if (typeof record.unit !== 'string' || record.unit === unit) return { ...record }
  const factor = (sizes[record.unit] ?? 1) / (sizes[unit] ?? 1)
  const changed = fields
    .filter((field) => record[field] !== undefined)
    .map((field) => {
      const value = rounded(Number(record[field]) * factor, 3)
      return [field, typeof record[field] === 'string' ? value.toFixed(2) : value] as const
    })
  return { ...record, ...Object.fromEntries(changed), unit }
}
