/** XML as a tree. Entities that a file declares itself are refused, so that none can grow; so is nesting without end. */
import { SaxesParser } from 'saxes'
import { AppError } from '#domain/app-error.ts'
import type { TextRange } from '#domain/text/edition-text.ts'

/** Deeper than any text is; what walks the tree may then call itself. */
const MAX_DEPTH = 400
const MAX_ELEMENTS = 3_000_000

export interface XmlText {
  readonly kind: 'text'
  readonly value: string
  readonly range: TextRange
}

export interface XmlElement {
  readonly kind: 'element'
  /** Without its prefix. */
  readonly name: string
  /** By their name as written, prefix included. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
  /** From its first tag to its last, in the text that was parsed. */
  readonly range: TextRange
}

export type XmlNode = XmlText | XmlElement

interface OpenElement extends XmlElement {
  readonly children: XmlNode[]
  readonly range: { readonly start: number; end: number }
}

/**
 * The root element of an XML text. `entities` are names that may be used beside XML's own five.
 * Throws AppError `unprocessable`, with the place, when it is not well-formed or declares entities.
 */
export function parseXml(text: string, entities: Readonly<Record<string, string>> = {}): XmlElement {
  const parser = new SaxesParser({ position: true, xmlns: false })
  Object.assign(parser.ENTITIES, entities)
  let root: OpenElement | null = null
  const open: OpenElement[] = []
  let elements = 0
  let tagStart = 0
  let lastTagEnd = 0

  parser.on('error', (error) => {
    throw malformed(error)
  })
  parser.on('doctype', refuseEntities)
  parser.on('opentagstart', () => {
    tagStart = text.lastIndexOf('<', Math.max(0, parser.position - 1))
  })
  parser.on('opentag', (tag) => {
    elements += 1
    refuseSize(open.length + 1, elements)
    const element: OpenElement = {
      kind: 'element',
      name: tag.name.slice(tag.name.indexOf(':') + 1),
      attributes: tag.attributes,
      children: [],
      range: { start: tagStart, end: parser.position },
    }
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else root ??= element
    open.push(element)
    lastTagEnd = parser.position
  })
  parser.on('closetag', () => {
    const closed = open.pop()
    if (closed) closed.range.end = parser.position
    lastTagEnd = parser.position
  })
  const addText = (value: string) => {
    // The parser has read the sign that ends the text.
    const end = Math.max(lastTagEnd, parser.position - 1)
    open.at(-1)?.children.push({ kind: 'text', value, range: { start: lastTagEnd, end } })
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.write(text).close()
  if (!root) throw new AppError('unprocessable', 'This file is not XML.')
  return root
}

/**
 * Refuses XML that another parser is to read, as `parseXml` does: entities of its own, nesting without end, too many
 * elements, what is not well-formed.
 */
export function refuseHostileXml(text: string): void {
  const parser = new SaxesParser({ position: true, xmlns: false })
  let depth = 0
  let elements = 0
  parser.on('error', (error) => {
    throw malformed(error)
  })
  parser.on('doctype', refuseEntities)
  parser.on('opentag', () => {
    depth += 1
    elements += 1
    refuseSize(depth, elements)
  })
  parser.on('closetag', () => {
    depth -= 1
  })
  parser.write(text).close()
}

function refuseEntities(doctype: string): void {
  if (/<!ENTITY/i.test(doctype))
    throw new AppError('unprocessable', 'This file declares entities of its own, which are not read.')
}

function refuseSize(depth: number, elements: number): void {
  if (elements > MAX_ELEMENTS) throw new AppError('unprocessable', 'This file has too many XML elements.')
  if (depth > MAX_DEPTH) throw new AppError('unprocessable', 'This file is nested too deeply to be read.')
}

function malformed(error: Error): AppError {
  return new AppError('unprocessable', `This file is not well-formed XML (line ${toLine(error.message)}).`)
}

function toLine(message: string): string {
  return /^(?:[^:]*:)?(\d+):\d+/.exec(message)?.[1] ?? '?'
}

export function xmlChildren(element: XmlElement, name?: string): XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => child.kind === 'element' && (name === undefined || child.name === name),
  )
}

/** Every element below one, in document order. */
export function* xmlElementsIn(element: XmlElement): Generator<XmlElement> {
  for (const child of xmlChildren(element)) {
    yield child
    yield* xmlElementsIn(child)
  }
}

/** The first element of a name below one, or null. */
export function findXml(element: XmlElement, name: string): XmlElement | null {
  for (const found of xmlElementsIn(element)) if (found.name === name) return found
  return null
}

/** The text of an element with white space collapsed. */
export function xmlText(element: XmlElement): string {
  return rawText(element).replace(/\s+/g, ' ').trim()
}

function rawText(node: XmlNode): string {
  return node.kind === 'text' ? node.value : node.children.map(rawText).join('')
}
