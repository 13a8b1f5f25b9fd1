/**
 * The house's import rules as an ESLint rule: who may import whom, and that what ships is declared.
 * `docs/architecture.md` has the drawing.
 */
import { builtinModules } from 'node:module'
import path from 'node:path'
import { packageJson, root } from './paths.mjs'

const ground = ['src/errors', 'src/redact', 'src/turn']
const library = [
  ...['src/providers', 'src/oauth1', 'src/oauth2', 'src/http', ...ground],
  ...['src/documents', 'src/store', 'src/qr', 'src/vendor'],
]

/**
 * Each room of the package with all that it may import beside itself, and with what only by `import type` (`types`).
 * `*` is one folder. The first row that matches a file is its room; a file without a room may import nothing.
 */
const rooms = [
  { room: 'src/redact', may: [], because: 'everything stands on it' },
  { room: 'src/turn', may: [], because: 'everything may wait its turn' },
  { room: 'src/errors', may: ['src/redact'], because: 'everything but the redactor stands on it' },
  { room: 'src/http', may: ground, because: 'it carries bytes and knows nobody who sends them' },
  { room: 'src/oauth1', may: ['src/http', ...ground], because: 'it signs and exchanges, for any provider' },
  {
    room: 'src/oauth2',
    may: ['src/http', ...ground],
    because: 'it keeps and renews tokens, for any provider',
  },
  { room: 'src/store', may: ground, because: 'it keeps what it is given' },
  {
    room: 'src/documents',
    may: ground,
    because: 'it knows documents, neither a provider nor the network',
  },
  {
    room: 'src/providers',
    may: ['src/oauth1', 'src/oauth2', 'src/http', ...ground],
    because: 'a provider knows bytes with a media type and tokens that it is given',
  },
  {
    room: 'src/sandbox',
    may: ['src/vendor'],
    because: 'the sandbox checks our clients and must not share their code',
  },
  { room: 'src/qr', may: [...ground, 'src/vendor'], because: 'it draws text, and knows nobody who wants it' },
  { room: 'src/vendor', may: [], because: 'it only passes a library on' },
  {
    room: 'src/index',
    may: library,
    because: 'the library is what works with a real service, without the sandbox',
  },
  { room: 'nodes/kit/editor', may: [], because: 'it runs in the browser' },
  {
    room: 'nodes/kit',
    may: [...library, 'src/index', 'src/sandbox'],
    types: ['nodes/*'],
    because: 'all nodes share it, so it runs none of them',
  },
  {
    room: 'nodes/*-account',
    may: [...library, 'src/index', 'nodes/kit'],
    types: ['nodes/*', 'src/sandbox'],
    because:
      'the kit alone runs the sandbox, and a node meets another one in Node-RED: of both it knows types',
  },
  {
    room: 'nodes/*',
    may: [...library, 'src/index', 'nodes/kit'],
    types: ['nodes/*'],
    because:
      'it does not know which environment it is in, and meets another node in Node-RED: it knows its types',
  },
]

const patternOf = (room, end) => new RegExp(`^${room.replace('*', '[^/.]+')}${end}`)

/** The room of a file, named as it is: `nodes/healthjibe-notify`, not `nodes/*`. */
function roomOf(file) {
  for (const row of rooms) {
    const name = patternOf(row.room, '(?=[/.]|$)').exec(file)?.[0]
    if (name) return { ...row, name }
  }
  return undefined
}

function brokenArrow(from, to, typeOnly) {
  if (!inPackage(from)) return undefined
  const own = roomOf(from)
  if (!own) return `${from} has no room in scripts/lib/arrows.mjs: say there what it may import`
  const target = roomOf(to)?.name
  const allowed = [own.name, ...own.may, ...(typeOnly ? (own.types ?? []) : [])]
  if (target && allowed.some((room) => patternOf(room, '$').test(target))) return undefined
  return `${from} may not import ${to}: ${own.because}`
}

const inPackage = (file) => inside(file, 'src') || inside(file, 'nodes')

/** Is it in the folder? */
const inside = (file, folder) => file.startsWith(`${folder}/`)

function brokenPackage(from, name, typeOnly) {
  if (builtinModules.includes(name.replace(/^node:/, ''))) return undefined
  if (inside(from, 'src')) {
    const nodeRed = /^(@node-red\/|node-red(\/|$))/.test(name)
    if (nodeRed) return `${from} may not import ${name}: the library knows no Node-RED`
    if (inside(from, 'src/vendor') || isShipped(name)) return undefined
    return `${from} may not import ${name}: bundle it through src/vendor, or make it a dependency`
  }
  if (inside(from, 'nodes/kit/editor')) return undefined
  if (inside(from, 'nodes') && !typeOnly && !isShipped(name)) {
    return `${from} may import only the types of ${name}: Node-RED hands it in, or it is no dependency`
  }
  return undefined
}

function isShipped(name) {
  const { dependencies, peerDependencies } = packageJson()
  const owner = name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
  return owner in { ...dependencies, ...peerDependencies }
}

/** `source`: what stands where the name of the imported file or package belongs. */
function problemOf(from, source, typeOnly) {
  if (!source) return undefined
  const name = source.value
  if (typeof name !== 'string') {
    return inPackage(from) ? `${from} has to name what it imports, in plain quotes` : undefined
  }
  if (!/^\.{1,2}(\/|$)/.test(name)) return brokenPackage(from, name, typeOnly)
  return brokenArrow(from, path.posix.join(path.posix.dirname(from), name), typeOnly)
}

export const arrowsRule = {
  meta: { type: 'problem', schema: [], docs: { description: 'holds the import rules of the house' } },
  create(context) {
    const from = path.relative(root, context.filename).split(path.sep).join('/')
    const check = (node, source, typeOnly = false) => {
      const message = problemOf(from, source, typeOnly)
      if (message) context.report({ node, message })
    }
    return {
      ImportDeclaration: (node) => check(node, node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source),
      TSExternalModuleReference: (node) => check(node, node.expression),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal, true),
      'CallExpression[callee.name="require"]': (node) => check(node, node.arguments[0]),
    }
  },
}
