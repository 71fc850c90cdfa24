/**
 * The pages of a book as the same kind of tree that web pages have, so that the same walker reads them.
 *
 * They are XHTML: `<title/>` and `<a id="x"/>` are whole elements, which an HTML parser takes for the beginning of one
 * that never ends. What is not well-formed is read as HTML all the same, as reading systems do.
 */
import { characterEntities } from 'character-entities'
import type { Element, ElementContent, Root } from 'hast'
import { AppError } from '#domain/app-error.ts'
import { parsePage } from './html-tree.ts'
import { parseXml, type XmlElement, type XmlNode } from './xml-tree.ts'

/** Attributes that hast calls by another name. */
const NAMES: Readonly<Record<string, string>> = {
  class: 'className', colspan: 'colSpan', rowspan: 'rowSpan', 'aria-hidden': 'ariaHidden', 'aria-label': 'ariaLabel',
  'xml:lang': 'lang', 'epub:type': 'epubType', 'xlink:href': 'href',
} // biome-ignore format: one table
/** What parts of a book are called, and what web pages call the same. */
const ROLES: Readonly<Record<string, string>> = {
  noteref: 'doc-noteref', footnote: 'doc-footnote', endnote: 'doc-endnote', rearnote: 'doc-endnote', note: 'doc-footnote',
  footnotes: 'doc-endnotes', endnotes: 'doc-endnotes', rearnotes: 'doc-endnotes',
  pagebreak: 'doc-pagebreak', toc: 'doc-toc', backlink: 'doc-backlink', referrer: 'doc-backlink',
} // biome-ignore format: one table
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))

/** Parses one page of a book. Throws AppError `unprocessable` when it is hostile. */
export function parseXhtml(text: string): Root {
  try {
    return { type: 'root', children: [toHast(parseXml(text, characterEntities))] }
  } catch (error) {
    if (!(error instanceof AppError) || !error.message.includes('well-formed')) throw error
    return withRoles(parsePage(endEmptyElements(text)))
  }
}

function toHast(element: XmlElement): Element {
  const properties: Record<string, string> = {}
  for (const [name, value] of Object.entries(element.attributes)) properties[NAMES[name] ?? name] = value
  return giveRole({
    type: 'element',
    tagName: element.name.toLowerCase(),
    properties,
    children: element.children.map(toContent),
    position: toPosition(element),
  })
}

function toContent(node: XmlNode): ElementContent {
  return node.kind === 'element'
    ? toHast(node)
    : { type: 'text', value: node.value, position: toPosition(node) }
}

/** Only offsets are asked for. */
function toPosition({ range }: XmlNode) {
  const point = (offset: number) => ({ line: 1, column: 1, offset })
  return { start: point(range.start), end: point(range.end) }
}

function giveRole(element: Element): Element {
  const { epubType, role } = element.properties
  if (role === undefined && typeof epubType === 'string') {
    const found = epubType.split(/\s+/).find((type) => Object.hasOwn(ROLES, type))
    if (found) element.properties.role = ROLES[found]
  }
  return element
}

function withRoles(page: Root): Root {
  const visit = (node: Root | Element): void => {
    for (const child of node.children) {
      if (child.type !== 'element') continue
      const type = child.properties['epub:type']
      if (typeof type === 'string') child.properties.epubType = type
      giveRole(child)
      visit(child)
    }
  }
  visit(page)
  return page
}

function endEmptyElements(text: string): string {
  return text.replace(/<([a-z][a-z0-9]*)((?:\s[^<>]*)?)\/>/gi, (tag, name: string, rest: string) =>
    VOID.has(name.toLowerCase()) ? tag : `<${name}${rest}></${name}>`,
  )
}
