/** A device or service of the sandbox that a person can connect. None of them exists. */
export interface Source {
  /** As records name it. */
  id: string
  name: string
  about: string
}

export const sources = [
  { id: 'stride-band', name: 'Stride Band', about: 'Steps, activities, heart rate and sleep' },
  { id: 'home-scale', name: 'Home Scale', about: 'Weight, height and body fat' },
  { id: 'vital-kit', name: 'Vital Kit', about: 'Blood pressure, glucose and oxygen, respiration' },
  { id: 'meal-diary', name: 'Meal Diary', about: 'Meals and water' },
  { id: 'trait-report', name: 'Trait Report', about: 'Genetic traits' },
] as const satisfies readonly Source[]

export type SourceId = (typeof sources)[number]['id']

export function isSourceId(id: string): id is SourceId {
  return sources.some((source) => source.id === id)
}
