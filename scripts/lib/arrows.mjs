/**
 * The house's import rules as an ESLint rule: arrows point down only, Node-RED stays in `nodes/`, and what ships is
 * declared. `docs/architecture.md` has the drawing.
 */
import { builtinModules } from 'node:module'
import path from 'node:path'
import { packageJson, root } from './paths.mjs'

/** The first rule that names both ends counts. `except`: importers that may. */
const arrows = [
  {
    from: ['src'],
    to: ['nodes', 'test', 'scripts', 'bench'],
    because: 'the library knows nothing of what uses it',
  },
  { from: ['nodes'], to: ['test', 'scripts', 'bench'], because: 'it is not part of the package' },
  {
    from: ['src'],
    except: ['src/sandbox'],
    to: ['src/sandbox'],
    because: 'only nodes may know the sandbox: nothing that runs against a real service depends on it',
  },
  {
    from: ['src/sandbox'],
    to: ['src'],
    allow: ['src/sandbox', 'src/vendor'],
    because: 'the sandbox checks our clients and must not share their code',
  },
  {
    from: ['src/documents', 'src/oauth1', 'src/oauth2', 'src/http', 'src/store', 'src/errors', 'src/redact'],
    to: ['src/providers'],
    because: 'arrows point down: a provider is built on this',
  },
  {
    from: ['src/providers'],
    to: ['src/documents', 'src/store'],
    because: 'a provider knows bytes with a media type and a connection that it is given',
  },
  { from: ['src/vendor'], to: ['src'], allow: ['src/vendor'], because: 'it only passes a library on' },
]

/** Is it the folder, in the folder, or the file without its extension? */
const inside = (file, place) => file === place || file.startsWith(`${place}/`) || file.startsWith(`${place}.`)
const insideAny = (file, places = []) => places.some((place) => inside(file, place))

function brokenArrow(from, to) {
  const arrow = arrows.find(
    (rule) =>
      insideAny(from, rule.from) &&
      !insideAny(from, rule.except) &&
      insideAny(to, rule.to) &&
      !insideAny(to, rule.allow),
  )
  return arrow && `${from} may not import ${to}: ${arrow.because}`
}

function brokenPackage(from, name, typeOnly) {
  if (builtinModules.includes(name.replace(/^node:/, ''))) return undefined
  if (inside(from, 'src/vendor') || inside(from, 'nodes/kit/editor')) return undefined
  const nodeRed = /^(@node-red\/|node-red$)/.test(name)
  if (inside(from, 'src')) {
    if (nodeRed) return `${from} may not import ${name}: the library knows no Node-RED`
    if (isShipped(name)) return undefined
    return `${from} may not import ${name}: bundle it through src/vendor, or make it a dependency`
  }
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

export const arrowsRule = {
  meta: { type: 'problem', schema: [], docs: { description: 'holds the import rules of the house' } },
  create(context) {
    const from = path.relative(root, context.filename).split(path.sep).join('/')
    const check = (node, source, typeOnly = false) => {
      if (typeof source?.value !== 'string') return
      const name = source.value
      const problem = /^\.{1,2}(\/|$)/.test(name)
        ? brokenArrow(from, path.posix.join(path.posix.dirname(from), name))
        : brokenPackage(from, name, typeOnly)
      if (problem) context.report({ node, message: problem })
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
