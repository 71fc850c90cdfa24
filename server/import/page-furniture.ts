/**
 * What on a web page is not the article: navigation, scripts, share bars, comments, cookie banners.
 *
 * By element and role first. By class and id only where a whole name says so (`share-bar`, `comments`), never for an
 * element that holds much of the page: themes write `has-sidebar` on what holds everything.
 */
import type { Element } from 'hast'
import { attribute } from './html-tree.ts'

const NEVER_TEXT = new Set(
  'script style noscript template iframe object embed form button input select textarea nav svg canvas audio video dialog menu head link meta title base area map frame frameset applet'.split(
    ' ',
  ),
)
const FURNITURE_ROLES = new Set(
  'navigation banner contentinfo complementary search dialog alertdialog toolbar menu menubar presentation-nav'.split(
    ' ',
  ),
)
const NAMES =
  /^(?:js-|site-|page-|post-|entry-|article-|main-|global-)?(?:nav(?:bar|igation)?|menu|breadcrumbs?|side-?bar|share|sharing|share-?(?:bar|buttons|links|tools|daddy)|social(?:-?(?:share|media|links|icons|bar|buttons))?|addthis\w*|sharedaddy|jp-relatedposts|cookies?|cookie-?(?:banner|notice|consent|bar|popup)|consent|gdpr\w*|newsletter\w*|subscribe|signup|comments?|comment-?(?:list|section|area|form)|comments-area|disqus\w*|respond|related|related-?(?:posts|articles|content)|recommended|advert|advertisement|ads?|sponsored|promo|pop-?up|modal|toolbar|pagination|pager|skip-?link|mw-editsection|noprint|tags?-?links|printfriendly|footer|masthead)$/i
/** More of the page's text than this, and a name is not believed. */
const MUCH = 0.4

/** Whether an element, whose share of the page's text is given, is no part of the article. */
export function isFurniture(element: Element, share: number): boolean {
  const { tagName } = element
  const role = attribute(element, 'role') ?? ''
  if (NEVER_TEXT.has(tagName)) return true
  if (tagName === 'aside') return !role.startsWith('doc-')
  if (attribute(element, 'hidden') !== null || attribute(element, 'ariaHidden') === 'true') return true
  if (/display\s*:\s*none|visibility\s*:\s*hidden/i.test(attribute(element, 'style') ?? '')) return true
  if (FURNITURE_ROLES.has(role)) return true
  if (share > MUCH || ['html', 'body', 'main', 'article'].includes(tagName)) return false
  const names = `${attribute(element, 'className') ?? ''} ${attribute(element, 'id') ?? ''}`.split(/\s+/)
  return names.some((name) => NAMES.test(name))
}

/** Whether a header or footer belongs to the page; inside an article, or around its only h1, it is the author's. */
export function isPageHeaderOrFooter(element: Element, isInsideArticle: boolean): boolean {
  return (element.tagName === 'header' || element.tagName === 'footer') && !isInsideArticle
}
