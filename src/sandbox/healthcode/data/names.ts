import type { Random } from '../../random'

const given = {
  female: ['Amelia', 'Beatrice', 'Chloë', 'Dilys', 'Farah', 'Grace', 'Imogen', 'Niamh', 'Priya', 'Siân'],
  male: ['Alistair', 'Callum', 'Dafydd', 'Ewan', 'Hamza', 'Jonah', 'Oluwaseun', 'Rhys', 'Tomasz', 'Zachary'],
} as const

const family = [
  'Ashworth',
  'Bello',
  'Cadwallader',
  'Dunmore',
  'Esfahani',
  'Fairbairn',
  'Gallagher',
  'Hargreaves',
  'Iqbal',
  'Jankowski',
  'Kirkbride',
  'Llewellyn',
  'Mackintosh',
  'Nwosu',
  "O'Rourke",
  'Pemberton',
] as const

const streets = ['Canal Street', 'Mill Lane', 'Priory Road', 'Station Parade', 'Well Close'] as const

/** Of areas that Royal Mail has not given out, so that nobody lives there. */
const towns = ['Northbrook QX1', 'Eastmere QX4', 'Fernworth QY2', 'Westhaven QZ7'] as const

export interface Someone {
  gender: 'female' | 'male'
  given: string
  family: string
  /** YYYY-MM-DD */
  birthDate: string
  line: string
  city: string
  postalCode: string
}

/** Somebody who does not exist. */
export function someone(random: Random): Someone {
  const gender = random.chance(0.5) ? 'female' : 'male'
  const [city = '', area = ''] = random.oneOf(towns).split(' ')
  const letter = () => random.oneOf(['A', 'B', 'D', 'E', 'F', 'G', 'H', 'J', 'L', 'N'])
  const twoDigits = (number: number) => String(number).padStart(2, '0')
  return {
    gender,
    given: random.oneOf(given[gender]),
    family: random.oneOf(family),
    birthDate: `${random.between(1938, 2004)}-${twoDigits(random.between(1, 13))}-${twoDigits(random.between(1, 29))}`,
    line: `${random.between(1, 180)} ${random.oneOf(streets)}`,
    city,
    postalCode: `${area} ${random.between(1, 10)}${letter()}${letter()}`,
  }
}

export function humanName({ given: first, family: last }: Someone): object {
  return { use: 'official', family: last, given: [first], text: `${first} ${last}` }
}

export function address({ line, city, postalCode }: Someone): object {
  return { use: 'home', line: [line], city, postalCode, country: 'GB' }
}
