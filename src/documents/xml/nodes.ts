/** XML as plain JSON, for what has no typed place. */

/** What the prefixes `xml` and `xmlns` stand for: always, and no other prefix does. */
export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'
export const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/'

/** An attribute or a namespace declaration, as it is written. */
export interface XmlAttribute {
  /** With its prefix: `Preferred`, `xsi:type`, `xmlns`, `xmlns:xsi`. */
  name: string
  value: string
  /** The namespace of a name with a prefix; absent for all others and for declarations. */
  namespace?: string
}

export interface XmlText {
  text: string
}

export interface XmlComment {
  comment: string
}

/** A processing instruction. */
export interface XmlInstruction {
  /** Its target. */
  instruction: string
  data: string
}

export interface XmlElement {
  /** The name with its prefix. */
  element: string
  /** The empty string for none. */
  namespace: string
  attributes?: XmlAttribute[]
  children?: XmlNode[]
}

export type XmlNode = XmlText | XmlComment | XmlInstruction | XmlElement
