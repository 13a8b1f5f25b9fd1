/** The part of Node-RED's editor that our dialogs use. */
export interface EditorNode {
  id: string
  type: string
  urls?: Record<string, string>
  _def: { defaults: Readonly<Record<string, { value?: string } | undefined>> }
  /** Translates a key of the node's own catalog. */
  _(key: string, values?: Readonly<Record<string, string>>): string
  [property: string]: unknown
}

interface TypedInputChoice {
  value: string
  label: string
}

/** One of Node-RED's own types by its name, one with a list to choose from, or one that proposes what may be typed. */
export type TypedInputType =
  | string
  | (TypedInputChoice & { icon: string; options: readonly TypedInputChoice[] })
  | (TypedInputChoice & { icon: string; autoComplete: (typed: string) => TypedInputChoice[] })

export interface TypedInputOptions {
  default: string
  types: TypedInputType[]
  typeField: JQuery
}

declare global {
  interface JQuery {
    typedInput(options: TypedInputOptions): this
    typedInput(method: 'type' | 'value'): string
    typedInput(method: 'type' | 'value', value: string): this
    typedInput(method: 'types', types: TypedInputType[]): this
  }
}
