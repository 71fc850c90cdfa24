/**
 * Finds what a page is about, and drops its furniture.
 *
 * `main`, `role=main` or the only `article` say so themselves. Otherwise the page's prose, its characters outside links,
 * is weighed: from the body down, as long as one child holds nine tenths of all prose and leaves no heading behind
 * but the title.
 */
import type { Element, Root } from 'hast'
import { attribute, childElements, elementsIn, findElement, textOf } from './html-tree.ts'
import { isFurniture, isPageHeaderOrFooter } from './page-furniture.ts'

const MOST_PROSE = 0.9
const CONTAINERS = new Set([
  'div',
  'section',
  'article',
  'main',
  'center',
  'table',
  'tbody',
  'tr',
  'td',
  'font',
  'span',
])
const HEADING = /^h[1-6]$/

/** The element that holds the article. Furniture is removed from the tree that was given. */
export function findArticle(page: Root): Element | Root {
  const body = findElement(page, ({ tagName }) => tagName === 'body') ?? page
  const prose = weighProse(body)
  removeFurniture(body, prose, prose.get(body) ?? 0, false)
  const named = findNamed(body)
  const weights = weighProse(body)
  if (named && (weights.get(named) ?? 0) >= (weights.get(body) ?? 0) * 0.3) return named
  return descend(body, weights)
}

function findNamed(body: Element | Root): Element | null {
  const main = findElement(body, (e) => e.tagName === 'main' || attribute(e, 'role') === 'main')
  const articles = [...elementsIn(main ?? body)].filter(({ tagName }) => tagName === 'article')
  const [only] = articles
  if (main && !(articles.length === 1 && only && findHeading(only) !== null)) return main
  return articles.length === 1 && only ? only : main
}

function findHeading(element: Element): Element | null {
  return findElement(element, ({ tagName }) => tagName === 'h1')
}

function descend(from: Element | Root, weights: ReadonlyMap<object, number>): Element | Root {
  const all = weights.get(from) ?? 0
  let best = from
  for (;;) {
    const heavy = childElements(best).find((child) => (weights.get(child) ?? 0) >= all * MOST_PROSE)
    if (!heavy || !CONTAINERS.has(heavy.tagName)) return best
    const others = childElements(best).filter((child) => child !== heavy)
    if (others.some(holdsSubheading)) return best
    best = heavy
  }
}

function holdsSubheading(element: Element): boolean {
  const isHeading = ({ tagName }: Element) => HEADING.test(tagName) && tagName !== 'h1'
  return isHeading(element) || findElement(element, isHeading) !== null
}

function removeFurniture(
  node: Element | Root,
  prose: ReadonlyMap<object, number>,
  all: number,
  isInsideArticle: boolean,
): void {
  const inside =
    isInsideArticle ||
    (node.type === 'element' &&
      (['main', 'article'].includes(node.tagName) || attribute(node, 'role') === 'main'))
  const children = node.children.filter((child) => {
    if (child.type !== 'element') return child.type === 'text'
    const share = all === 0 ? 1 : (prose.get(child) ?? 0) / all
    if (isPageHeaderOrFooter(child, inside)) return share > 0.4 || holdsOnlyTitle(child)
    return !isFurniture(child, share)
  })
  // The kept nodes are a subset of the node's own children.
  node.children = children as typeof node.children
  for (const child of childElements(node)) removeFurniture(child, prose, all, inside)
}

function holdsOnlyTitle(header: Element): boolean {
  return (
    header.tagName === 'header' &&
    findHeading(header) !== null &&
    !findElement(header, (e) => e.tagName === 'nav')
  )
}

/** Characters of text outside links, for each element. */
function weighProse(root: Element | Root): Map<object, number> {
  const weights = new Map<object, number>()
  const weigh = (node: Element | Root): number => {
    let sum = 0
    for (const child of node.children) {
      if (child.type === 'text') sum += child.value.trim().length
      else if (
        child.type === 'element' &&
        child.tagName !== 'a' &&
        child.tagName !== 'script' &&
        child.tagName !== 'style'
      )
        sum += weigh(child)
    }
    weights.set(node, sum)
    return sum
  }
  weigh(root)
  return weights
}

/** What the page says about itself. */
export interface PageDescription {
  readonly title: string | null
  readonly authors: string | null
  readonly language: string | null
}

/** Reads title, authors and language before furniture is removed, since the head is furniture too. */
export function describePage(page: Root): PageDescription {
  const meta = (...names: string[]) => {
    const found = findElement(page, (element) => {
      const name = attribute(element, 'name') ?? attribute(element, 'property') ?? ''
      return element.tagName === 'meta' && names.includes(name.toLowerCase())
    })
    return found && (attribute(found, 'content')?.trim() || null)
  }
  const textOfFirst = (matches: (element: Element) => boolean) => {
    const found = findElement(page, matches)
    return found && (textOf(found).trim() || null)
  }
  const html = findElement(page, ({ tagName }) => tagName === 'html')
  const author = meta('author', 'dc.creator', 'citation_author', 'article:author')
  const byline = textOfFirst(
    (e) =>
      attribute(e, 'rel') === 'author' ||
      attribute(e, 'itemProp') === 'author' ||
      /(?:^|\s)(?:p-author|byline|author|post-author|entry-author)(?:\s|$)/.test(
        attribute(e, 'className') ?? '',
      ),
  )
  return {
    title:
      meta('og:title', 'citation_title') ??
      textOfFirst(({ tagName }) => tagName === 'h1') ??
      textOfFirst(({ tagName }) => tagName === 'title'),
    authors: author && !/^https?:/.test(author) ? author : byline && byline.length <= 120 ? byline : null,
    language: (html && attribute(html, 'lang')) ?? meta('language', 'dc.language'),
  }
}
