import assert from 'node:assert/strict'
import { createPrivateKey, type KeyObject, randomUUID, sign } from 'node:crypto'
import type { Credentials } from '../../../../src/sandbox/healthcode/healthcode'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { type Answer, type Json, jsonOf, postForm, request, type Sent } from '../support'

export const FHIR = 'application/fhir+json'

export interface Resource extends Json {
  resourceType: string
  id: string
  meta: { versionId: string; lastUpdated: string; tag?: { code: string; display: string }[] }
}

export interface Bundle extends Json {
  type: string
  total: number
  meta: { tag: { code: string; display: string }[] }
  link: { relation: string; url: string }[]
  entry: {
    fullUrl: string
    resource: Resource
    search: { mode: string }
    request: Json
    response: { status: string; etag: string; location: string; outcome: Outcome }
  }[]
}

export interface Outcome {
  resourceType: 'OperationOutcome'
  issue: {
    severity: string
    code: string
    details: { coding?: { system: string; code: string; display: string }[]; text: string }
    diagnostics: string
    expression?: string[]
  }[]
}

type Text = Pick<Answer, 'text'>

export function resourceOf(answer: Text): Resource {
  return jsonOf(answer) as Resource
}

export function bundleOf(answer: Text): Bundle {
  return { entry: [], ...jsonOf(answer) } as unknown as Bundle
}

export function outcomeOf(answer: Text): Outcome {
  return jsonOf(answer) as unknown as Outcome
}

export async function discovery(sandbox: Sandbox): Promise<Record<string, string>> {
  return jsonOf(await request(sandbox.urls.healthcode.discovery)) as Record<string, string>
}

export async function tokenEndpoint(sandbox: Sandbox): Promise<string> {
  return String(jsonOf(await request(sandbox.urls.healthcode.openidConfiguration)).token_endpoint)
}

export function basic({ apiKeyId, apiKey }: Credentials): string {
  return `Basic ${Buffer.from(`${apiKeyId}:${apiKey}`).toString('base64')}`
}

export async function postToken(
  sandbox: Sandbox,
  fields: Record<string, string>,
  headers: Sent['headers'] = {},
): Promise<Answer> {
  return postForm(await tokenEndpoint(sandbox), fields, headers)
}

export async function accessToken(
  sandbox: Sandbox,
  credentials: Credentials = sandbox.demo.healthcode,
  scope = '',
): Promise<string> {
  const answer = await postToken(
    sandbox,
    { grant_type: 'client_credentials', ...(scope === '' ? {} : { scope }) },
    { authorization: basic(credentials) },
  )
  assert.equal(answer.status, 200, answer.text)
  return String(jsonOf(answer).access_token)
}

/** The headers of a caller who does everything right. */
export async function headersOf(
  sandbox: Sandbox,
  credentials: Credentials & { siteId: string } = sandbox.demo.healthcode,
  scope = '',
): Promise<Record<string, string>> {
  return {
    authorization: `Bearer ${await accessToken(sandbox, credentials, scope)}`,
    'su-siteid': credentials.siteId,
    'hc-api-version': '1',
    accept: FHIR,
  }
}

/** @param body an object is sent as FHIR JSON, a text as it is */
export function send(
  method: string,
  url: string,
  body: unknown,
  headers: Sent['headers'] = {},
): Promise<Answer> {
  return request(url, {
    method,
    headers: { 'content-type': FHIR, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** What is refused says so as an OperationOutcome. @returns its first issue */
export function refusedAs(answer: Answer, status: number, code: string): Outcome['issue'][number] {
  assert.equal(answer.status, status, answer.text)
  assert.equal(answer.headers['content-type'], 'application/fhir+json; charset=utf-8')
  const { resourceType, issue } = outcomeOf(answer)
  assert.equal(resourceType, 'OperationOutcome')
  const [first] = issue
  assert.ok(first)
  assert.deepEqual([first.severity, first.code], ['error', code], answer.text)
  assert.ok(first.diagnostics.length > 10)
  return first
}

export function resourcesIn(answer: Pick<Answer, 'text' | 'status'>): Resource[] {
  assert.equal(answer.status, 200, answer.text)
  return bundleOf(answer).entry.map(({ resource }) => resource)
}

export function idsIn(answer: Pick<Answer, 'text' | 'status'>): string[] {
  return resourcesIn(answer).map(({ id }) => id)
}

export function tagsOf(answer: Answer): Record<string, string> {
  const { meta } = bundleOf(answer)
  return Object.fromEntries(meta.tag.map(({ code, display }) => [code, display]))
}

export function linkOf(answer: Answer, relation: string): string | undefined {
  return bundleOf(answer).link.find((link) => link.relation === relation)?.url
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A client assertion; `undefined` in `header` or `claims` takes a field away. */
export function assertion(
  key: KeyObject | string,
  header: Json,
  claims: Json,
  dsaEncoding: 'ieee-p1363' | 'der' = 'ieee-p1363',
): string {
  const content = `${encoded(header)}.${encoded({ jti: randomUUID(), ...claims })}`
  const privateKey = typeof key === 'string' ? createPrivateKey(key) : key
  const signature = sign('sha384', Buffer.from(content), { key: privateKey, dsaEncoding })
  return `${content}.${signature.toString('base64url')}`
}
