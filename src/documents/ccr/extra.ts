import type { XmlAttribute, XmlComment, XmlElement, XmlInstruction, XmlNode } from '../xml/nodes'

/** The next `count` occurrences of a child that has its own property. */
export interface CcrRun {
  child: string
  count: number
}

/** What is inside an element, in document order. */
export type CcrContent = CcrRun | XmlNode

/** What a child without children of its own has beside its text. */
export interface CcrLeaf {
  name: string
  /** Which of its name it is, from 0. */
  index: number
  /** Of one that there may be several of: its text, by which it is found where others have come or gone before it. */
  text?: string
  /** Where it differs from that of the element around it. */
  prefix?: string
  attributes?: XmlAttribute[]
  /** Comments, processing instructions and elements among the text; passed over once the text has been changed. */
  content?: XmlNode[]
}

/**
 * What the plain properties of an element cannot say: `$`. It is there only where it is needed. The writer takes it as
 * far as it still fits the plain properties, which always win.
 */
export interface CcrExtra {
  /** The element's name in the draft of the standard, where it has that: `Insurance` for `Payers`. */
  name?: string
  /** The namespace prefix, where it differs from that of the element around it; the empty string for none. */
  prefix?: string
  /** Attributes and namespace declarations of the element itself. */
  attributes?: XmlAttribute[]
  /**
   * All that is inside, where it is not just the plain properties in schema order: elements that the schema does not
   * know here or allows only once, text, comments, processing instructions. White space between elements is left out.
   */
  content?: CcrContent[]
  /** The children without children of their own that have more than text. */
  leaves?: CcrLeaf[]
}

/** `$` of a whole document. */
export interface CcrRootExtra extends CcrExtra {
  /** Where it is not `urn:astm-org:CCR`; the empty string for none. */
  namespace?: string
  /** The root element alone is in that namespace; what is inside has none. */
  unqualified?: boolean
  /** What stands before and after the root element. */
  before?: (XmlComment | XmlInstruction)[]
  after?: (XmlComment | XmlInstruction)[]
}

/** The place of one of several documents in what is around them. */
export interface CcrPlace {
  /** Which of the documents, from 0. */
  document: number
}

/** An element around documents, such as an Atom feed. */
export interface CcrWrapper extends Omit<XmlElement, 'children'> {
  children?: CcrAround[]
}

/** What is around documents that are not the root element, in document order. */
export type CcrAround = Exclude<XmlNode, XmlElement> | CcrWrapper | CcrPlace
