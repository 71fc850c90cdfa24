/** Small questions to a parsed HTML page. */
import type { Element, Nodes, Root, RootContent } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import { AppError } from '#domain/app-error.ts'
import type { TextRange } from '#domain/text/edition-text.ts'

const NESTING =
  /<(\/?)(?:div|section|article|span|font|blockquote|[ou]l|dl|table|[biuqsa]|em|strong|sup|sub|small|big|center|cite|code)(?=[\s>/])/gi
/** More of these open at once, and it is no page; far more make the parser itself slow. */
const MAX_OPEN = 5000

/** Parses a whole page, as browsers do. Throws AppError `unprocessable` when it is nested without end. */
export function parsePage(html: string): Root {
  let open = 0
  for (const [, slash] of html.matchAll(NESTING)) {
    open = Math.max(0, open + (slash === '/' ? -1 : 1))
    if (open > MAX_OPEN) throw new AppError('unprocessable', 'This file is nested too deeply to be read.')
  }
  return unified().use(rehypeParse).parse(html)
}

/** Parses a piece of a page, such as the HTML inside Markdown. */
export function parseFragment(html: string): Root {
  return unified().use(rehypeParse, { fragment: true }).parse(html)
}

export function childElements(node: Nodes): Element[] {
  if (!('children' in node)) return []
  const children: readonly RootContent[] = node.children
  return children.filter((child): child is Element => child.type === 'element')
}

/** Every element below a node, in document order. */
export function* elementsIn(node: Nodes): Generator<Element> {
  for (const child of childElements(node)) {
    yield child
    yield* elementsIn(child)
  }
}

export function findElement(node: Nodes, matches: (element: Element) => boolean): Element | null {
  for (const element of elementsIn(node)) if (matches(element)) return element
  return null
}

/** An attribute as text; lists of class names are joined by spaces. */
export function attribute(element: Element, name: string): string | null {
  const value = element.properties[name]
  if (value === undefined || value === null || value === false) return null
  return Array.isArray(value) ? value.join(' ') : String(value)
}

export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

export function rangeOf(node: Nodes): TextRange | null {
  const start = node.position?.start.offset
  const end = node.position?.end.offset
  return start === undefined || end === undefined ? null : { start, end }
}
