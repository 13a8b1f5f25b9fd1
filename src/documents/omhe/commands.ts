/**
 * OMHE's commands, each with its aliases. Source: the command table of the OMHE project (Open Mobile Health Exchange
 * microsyntax).
 */
const commands: Readonly<Record<string, readonly string[]>> = {
  alc: ['alcohol', 'beer', 'wine', 'shot'],
  ans: ['answer'],
  bg: ['bloodglucose'],
  bp: ['bloodpressure'],
  ci: ['checkin', 'check-in', 'check'],
  crb: ['starch', 'carb', 'carbohydrate'],
  drk: ['drink'],
  dry: ['dairy'],
  eat: ['ate', 'tweat'],
  ffm: ['freefatmass'],
  fm: ['fatmass'],
  frt: ['fruit'],
  frv: ['freggie'],
  gbp: ['getbloodpressure'],
  gym: ['workout'],
  jnk: ['junk', 'junkfood'],
  md: ['mood'],
  pbf: ['percentbodyfat'],
  pn: ['pain'],
  ptn: ['protien'],
  pts: ['points', 'gems'],
  que: ['question'],
  sbp: ['sendbloodpressure'],
  st: ['steps', 'spd', 'fitbit'],
  veg: ['vegetable', 'veggie'],
  wt: ['weight'],
  wtr: ['water', 'h2o'],
  yes: ['y', 'si', 'ok'],
  zeo: ['sleepscore', 'zscore'],
}

const names = Object.entries(commands)
  .flatMap(([name, aliases]) => [name, ...aliases])
  .sort((a, b) => b.length - a.length)

const command = new RegExp(`^(?:${names.join('|')})(?=[=#\\d.+-]|$)`, 'i')

/** True if every line that is not empty begins with an OMHE command: `bp=120/80`, `wt85k#afteryoga`. */
export function isOmhe(text: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  return lines.length > 0 && lines.every((line) => command.test(line.trim()))
}
