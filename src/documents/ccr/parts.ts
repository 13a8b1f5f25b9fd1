import type { CcrDocument } from './model'
import type { CcrPart } from './tree'

type Shape = Record<string, unknown>

/** Puts the parts of documents together again. */
export class CcrParts {
  readonly documents: CcrDocument[] = []

  add({ goesOn, path, documents }: CcrPart): void {
    const last = goesOn ? this.documents.at(-1) : undefined
    for (const [i, document] of documents.entries()) {
      if (i === 0 && last !== undefined) goOn(last as Shape, document as Shape, path, 0)
      else this.documents.push(document)
    }
  }
}

/** Adds to an element what has come since; its child of the path's name goes on as well. */
function goOn(element: Shape, more: Shape, path: readonly string[], depth: number): void {
  for (const [name, value] of Object.entries(more)) {
    const known = element[name]
    if (known === undefined) element[name] = value
    else if (!Array.isArray(known)) goOn(known as Shape, value as Shape, path, depth + 1)
    else {
      const added = value as unknown[]
      let from = 0
      if (name === path[depth]) goOn(known.at(-1) as Shape, added[from++] as Shape, path, depth + 1)
      for (; from < added.length; from++) known.push(added[from])
    }
  }
}
