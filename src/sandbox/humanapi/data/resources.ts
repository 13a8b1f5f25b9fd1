import { Refusal } from '../../refusal'
import { InvalidRequest } from '../answers'
import { hexId } from '../ids'
import type { Source } from '../sources'
import { ccdXml, type ReportCode, reportCodes, reportHtml, reportOf, reportPdf } from './documents'
import { medicalLists, medicalProfile, organizations } from './medical'
import { startOfDay } from './query'
import { DAY, type Entry, isoDay, isoTime, type Subject } from './subject'
import { type Lister, measurements, wellnessLists } from './wellness'

/** What stands at a path of the Data API. */
export type Found =
  | { kind: 'list'; entries: Entry[] }
  | { kind: 'values'; values: readonly object[] }
  | { kind: 'one'; value: object }
  | { kind: 'raw'; type: string; body: string | Buffer }

/**
 * @param path below `/v1/human`, without a slash at its ends; the empty string for the summary
 * @param format of a report
 * @throws Refusal 404 for what is not there
 */
export function findResource(subject: Subject, path: string, format: string): Found {
  const found =
    single(subject, path) ??
    document(subject, path, format) ??
    listed(subject, path) ??
    measurement(subject, path)
  if (!found) throw new Refusal(404, 'There is no such resource.')
  return found
}

function single(subject: Subject, path: string): Found | undefined {
  switch (path) {
    case '':
      return { kind: 'one', value: summary(subject) }
    case 'profile':
      return { kind: 'one', value: profile(subject) }
    case 'sources':
      return { kind: 'values', values: sourcesOf(subject) }
    case 'medical/organizations':
      return { kind: 'values', values: organizations(subject) }
    case 'medical/reports':
      return { kind: 'values', values: reports(subject) }
    case 'medical/profile':
      return one(medicalProfile(subject))
    default: {
      const [, id] = /^medical\/organizations\/(\w+)$/.exec(path) ?? []
      return one(organizations(subject).find((organization) => organization.id === id))
    }
  }
}

function document(subject: Subject, path: string, format: string): Found | undefined {
  const [, kind, id] = /^medical\/(ccds|reports)\/(\w+)\/raw$/.exec(path) ?? []
  if (kind === 'ccds') {
    const entry = medicalLists.ccds?.(subject).find((ccd) => ccd.id === id)
    return (
      entry && { kind: 'raw', type: 'application/xml; charset=utf-8', body: ccdXml(subject, entry.source) }
    )
  }
  const code = reportCodes.find((one) => reportId(subject, one) === id)
  return kind === 'reports' && code ? report(subject, code, format) : undefined
}

function report(subject: Subject, code: ReportCode, format: string): Found {
  const content = reportOf(subject, code)
  switch (format) {
    case 'json':
      return { kind: 'one', value: content }
    case 'html':
      return { kind: 'raw', type: 'text/html; charset=utf-8', body: reportHtml(content) }
    case 'pdf':
      return { kind: 'raw', type: 'application/pdf', body: reportPdf(content) }
    default:
      throw new InvalidRequest('"format" has to be json, html or pdf.', 'query', ['format'])
  }
}

/** The lists that are at their own path, and what is below them. */
function listed(subject: Subject, path: string): Found | undefined {
  const medical = /^medical\/(.*)$/.exec(path)?.[1]
  const lists: Record<string, { listers: readonly Lister[]; has?: 'daily' | 'byDate' }> =
    medical === undefined
      ? wellnessLists
      : Object.fromEntries(
          Object.entries(medicalLists).map(([name, lister]) => [name, { listers: [lister] }]),
        )
  const asked = medical ?? path
  // The longest first: `activities/summaries` is no activity
  const names = Object.keys(lists).sort((name, other) => other.length - name.length)
  const name = names.find((one) => asked === one || asked.startsWith(`${one}/`))
  const list = name === undefined ? undefined : lists[name]
  if (name === undefined || !list) return undefined
  const entries = () => newestFirst(list.listers.flatMap((lister) => lister(subject)))
  return below(subject, entries, asked.slice(name.length + 1), list.has)
}

function measurement(subject: Subject, path: string): Found | undefined {
  const [, name = '', , rest = ''] = /^(\w+)(\/readings(?:\/(.*))?)?$/.exec(path) ?? []
  const listers = Object.hasOwn(measurements, name) ? measurements[name] : undefined
  if (!listers) return undefined
  const entries = () => newestFirst(listers.flatMap((lister) => lister(subject)))
  if (path !== name) return below(subject, entries, rest, 'daily')
  const [latest] = entries()
  return one(latest && written(subject, latest))
}

/** @param rest of the path, below the list's own */
function below(
  subject: Subject,
  entries: () => Entry[],
  rest: string,
  has: 'daily' | 'byDate' | undefined,
): Found | undefined {
  if (rest === '') return { kind: 'list', entries: entries() }
  const [first = '', date = '', ...more] = rest.split('/')
  if (has === 'daily' && first === 'daily' && more.length === 0) {
    const start = startOfDay(date)
    if (start === undefined) throw new InvalidRequest('The day has to be YYYY-MM-DD.', 'query', ['date'])
    return { kind: 'list', entries: entries().filter(({ at }) => at >= start && at < start + DAY) }
  }
  const found = entries().find(({ id, at }) => id === rest || (has === 'byDate' && isoDay(at) === rest))
  return one(found && written(subject, found))
}

function one(value: object | undefined): Found | undefined {
  return value && { kind: 'one', value }
}

function newestFirst(entries: Entry[]): Entry[] {
  return entries.sort((entry, other) => other.at - entry.at)
}

/** An entry as the Data API writes it. */
export function written({ user }: Subject, { id, source, createdAt, updatedAt, fields }: Entry): object {
  return {
    id,
    humanId: user.humanId,
    source: source.id,
    ...fields,
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(updatedAt),
  }
}

/** The latest of each measurement. The live service's fields are not documented. */
function summary(subject: Subject): object {
  const latest = Object.keys(measurements).flatMap((name) => {
    const found = measurement(subject, name)
    return found?.kind === 'one' ? [[camelCase(name), found.value] as const] : []
  })
  return { ...profile(subject), ...Object.fromEntries(latest) }
}

function profile({ user, person }: Subject): object {
  return {
    humanId: user.humanId,
    email: user.email,
    name: `${person.given} ${person.family}`,
    createdAt: isoTime(user.createdAt),
    updatedAt: isoTime(user.updatedAt),
  }
}

function sourcesOf({ user, now }: Subject): object[] {
  return [...user.connections].map(([source, since]) => ({
    id: source.id,
    humanId: user.humanId,
    source: source.id,
    sourceName: source.name,
    connectedSince: isoTime(since),
    syncStatus: { status: 'ok', details: 'Synched', synchedAt: isoTime(now), newestDate: isoTime(now) },
    supportedDataTypes: typesOf(source),
  }))
}

function typesOf({ dataTypes }: Source): object[] {
  return dataTypes.map((name) => ({ name, status: 'ok' }))
}

function reports(subject: Subject): object[] {
  if (organizations(subject).length === 0) return []
  return reportCodes.map((code) => ({
    id: reportId(subject, code),
    humanId: subject.user.humanId,
    code,
    formats: ['json', 'html', 'pdf'],
    createdAt: isoTime(subject.user.updatedAt),
    updatedAt: isoTime(subject.user.updatedAt),
  }))
}

function reportId({ user }: Subject, code: ReportCode): string {
  return hexId(`report ${user.humanId} ${code}`)
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
