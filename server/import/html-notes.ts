/** Footnotes of a page: marks that lead to a note further on, and the elements that hold the notes. */
import type { Element, Root } from 'hast'
import { attribute, childElements, elementsIn, findElement, textOf } from './html-tree.ts'

const MARK = /^[[(]?(?:\d{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§¶]{1,3}|note \d+)[\])]?$/i
const HOLDERS = new Set(['li', 'p', 'div', 'aside', 'dd', 'td', 'section'])

export interface PageNotes {
  /** The label of the note that a link marks, or null when the link is an ordinary one. */
  readonly toLabel: (link: Element) => string | null
  readonly noteOf: (label: string) => Element | null
  readonly isNote: (element: Element) => boolean
}

/**
 * Finds the notes of an article: a link with a short mark as its text, to an element that comes after it; or a link that
 * says itself that it marks a note.
 */
export function findNotes(article: Element | Root): PageNotes {
  const order = new Map<Element, number>()
  const byId = new Map<string, Element>()
  const holderOf = new Map<Element, Element>()
  const visit = (element: Element, holder: Element | null): void => {
    order.set(element, order.size)
    const here = HOLDERS.has(element.tagName) ? element : holder
    if (here) holderOf.set(element, here)
    const id = attribute(element, 'id') ?? (element.tagName === 'a' ? attribute(element, 'name') : null)
    if (id && !byId.has(id)) byId.set(id, element)
    for (const child of childElements(element)) visit(child, here)
  }
  for (const child of childElements(article)) visit(child, null)

  const labels = new Map<Element, string>()
  const notes = new Map<string, Element>()
  const holders = new Set<Element>()
  for (const link of elementsIn(article)) {
    const href = link.tagName === 'a' ? attribute(link, 'href') : null
    const isMarked = attribute(link, 'role') === 'doc-noteref'
    if (!href?.startsWith('#') || !(isMarked || MARK.test(textOf(link).trim()))) continue
    const target = byId.get(decode(href.slice(1)))
    const holder = target && holderOf.get(target)
    if (!holder || textOf(holder).trim().length < 3) continue
    // A chapter that a table of contents leads to is no note.
    if (holder === link || findElement(holder, (e) => e === link || /^h[1-6]$/.test(e.tagName))) continue
    if (!isMarked && (order.get(holder) ?? 0) <= (order.get(link) ?? 0)) continue
    const label = href.slice(1)
    labels.set(link, label)
    notes.set(label, holder)
    holders.add(holder)
  }
  return {
    toLabel: (link) => labels.get(link) ?? null,
    noteOf: (label) => notes.get(label) ?? null,
    isNote: (element) => holders.has(element),
  }
}

/** Whether a link inside a note only leads back to its mark. */
export function isWayBack(link: Element): boolean {
  if (attribute(link, 'role') === 'doc-backlink') return true
  const href = attribute(link, 'href') ?? ''
  return href.startsWith('#') && /^[\s[\](↩↑^⏎*†‡a-z\d.)]{0,6}$/iu.test(textOf(link).replaceAll('\uFE0E', ''))
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
