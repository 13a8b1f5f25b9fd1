import { Random } from '../random'
import type { ZivaUser } from './users'

/** What somebody is like whose data is made up. None of them exists. */
export interface Portrait {
  gender: 'female' | 'male'
  /** YYYY-MM-DD */
  dateOfBirth: string
  /** cm */
  height: number
  /** kg, in the middle of how it goes up and down */
  weight: number
  /** kg up and down in half a year */
  weightSwing: number
  /** A day. */
  steps: number
  /** bpm, at rest */
  heartRate: number
  /** mmHg */
  systolic: number
  /** mmHg */
  diastolic: number
  /** mg/dL, before breakfast */
  glucose: number
  /** Minutes a night. */
  sleep: number
}

const portraits: readonly [Portrait, ...Portrait[]] = [
  {
    gender: 'female',
    dateOfBirth: '1984-05-17',
    height: 168,
    weight: 71.5,
    weightSwing: 2.4,
    steps: 8200,
    heartRate: 64,
    systolic: 122,
    diastolic: 78,
    glucose: 92,
    sleep: 435,
  },
  {
    gender: 'male',
    dateOfBirth: '1957-11-02',
    height: 179,
    weight: 92.8,
    weightSwing: 1.5,
    steps: 4300,
    heartRate: 74,
    systolic: 139,
    diastolic: 88,
    glucose: 118,
    sleep: 390,
  },
  {
    gender: 'male',
    dateOfBirth: '1998-02-23',
    height: 184,
    weight: 78.2,
    weightSwing: 0.6,
    steps: 12600,
    heartRate: 54,
    systolic: 114,
    diastolic: 70,
    glucose: 85,
    sleep: 465,
  },
]

/** The same one for the same user. */
export function portraitOf({ code, clientUserId }: ZivaUser): Portrait {
  return clientUserId === 'demo' ? portraits[0] : new Random(code).oneOf(portraits)
}
