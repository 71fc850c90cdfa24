/** Reads rendered blocks back with a real HTML parser. */
import type { Element, Nodes } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import { expect } from 'vitest'
import type { EditionText } from '#domain/text/edition-text.ts'
import { renderBlocks } from '#domain/text/render-blocks.ts'

export function parseHtml(html: string) {
  return unified().use(rehypeParse, { fragment: true }).parse(html)
}

/** What the DOM calls `textContent`. */
export function textContent(node: Nodes): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map(textContent).join('') : ''
}

export function findElements(node: Nodes, matches: (element: Element) => boolean): Element[] {
  const found = node.type === 'element' && matches(node) ? [node] : []
  return 'children' in node
    ? [...found, ...node.children.flatMap((child) => findElements(child, matches))]
    : found
}

/** Fails unless every block, rendered and read back, is its slice of the canonical text. */
export function expectRenderedTextToBeCanonical(edition: EditionText): void {
  const tree = parseHtml(renderBlocks(edition.blocks, { hasWorks: true }))
  const elements = findElements(tree, ({ properties }) => properties.dataBlock !== undefined)
  expect(elements).toHaveLength(edition.blocks.length)
  for (const [index, element] of elements.entries()) {
    const block = edition.blocks[index]
    const { dataStart, dataEnd, dataBlock } = element.properties
    expect([Number(dataBlock), Number(dataStart), Number(dataEnd)]).toEqual([index, block?.start, block?.end])
    expect(textContent(element)).toBe(edition.text.slice(Number(dataStart), Number(dataEnd)))
    expect(block?.text).toBe(textContent(element))
  }
}
