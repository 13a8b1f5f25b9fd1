import type { XmlNode } from '../xml/nodes'
import type { CcrContent, CcrExtra } from './extra'
import type { CcrDocument } from './model'
import type { CcrPart } from './tree'

type Shape = Record<string, unknown>

/** Puts the parts of documents together again. */
export class CcrParts {
  readonly documents: CcrDocument[] = []

  add({ documents, goesOn, ...way }: CcrPart): void {
    const last = goesOn ? this.documents.at(-1) : undefined
    for (const [i, document] of documents.entries()) {
      if (i === 0 && last !== undefined) goOn(last as Shape, document as Shape, way, 0)
      else this.documents.push(document)
    }
  }
}

/** Adds to an element what has come since; its child of the path's name goes on as well. */
function goOn(element: Shape, more: Shape, way: Pick<CcrPart, 'path' | 'unknown'>, depth: number): void {
  const { path, unknown } = way
  for (const [name, value] of Object.entries(more)) {
    const known = element[name]
    if (known === undefined) element[name] = value
    else if (name === '$')
      goOnExtra(known as CcrExtra, value as CcrExtra, depth === path.length ? unknown : 0)
    else if (!Array.isArray(known)) goOn(known as Shape, value as Shape, way, depth + 1)
    else {
      const added = value as unknown[]
      let from = 0
      if (name === path[depth]) goOn(known.at(-1) as Shape, added[from++] as Shape, way, depth + 1)
      for (; from < added.length; from++) known.push(added[from])
    }
  }
}

function goOnExtra(extra: CcrExtra, { content, ...more }: CcrExtra, unknown: number): void {
  for (const [name, values] of Object.entries(more) as [keyof typeof more, unknown[]][]) {
    const known = extra[name] as unknown[] | undefined
    if (known === undefined) Object.assign(extra, { [name]: values })
    else for (const value of values) known.push(value)
  }
  if (content === undefined) return
  if (extra.content === undefined) extra.content = content
  else goOnContent(extra.content, content, unknown)
}

/** Of the last element that is known, `unknown` levels go on in the first that comes. */
function goOnContent<Node extends CcrContent | XmlNode>(known: Node[], more: Node[], unknown: number): void {
  const last = known.at(-1)
  const [first] = more
  let from = 0
  if (last && first && unknown > 0 && 'element' in last && 'element' in first) {
    from = 1
    if (last.children === undefined) {
      if (first.children) last.children = first.children
    } else goOnContent(last.children, first.children ?? [], unknown - 1)
  } else if (last && first && 'child' in last && 'child' in first && last.child === first.child) {
    from = 1
    last.count += first.count
  }
  for (; from < more.length; from++) {
    const node = more[from]
    if (node) known.push(node)
  }
}
