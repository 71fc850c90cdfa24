/** Where a link of a source may lead once the source is shown here. */
export type LinkTarget =
  /** Another site, or an address to write to. */
  | { readonly kind: 'external'; readonly href: string }
  /** Another document here, or a paragraph of one: files that were brought in together lead to each other so. */
  | { readonly kind: 'document'; readonly href: string }
  /** Relative to the place the source came from: it would lead nowhere here, so it is only named. */
  | { readonly kind: 'elsewhere'; readonly href: string }
  /** A scheme that runs or loads something. */
  | { readonly kind: 'refused' }

const SCHEME = /^([a-z][a-z0-9+.-]*):/i
const DOCUMENT = /^\/read\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\?p=\d{1,7})?$/
/** What browsers drop from an address before they read its scheme. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what hides a scheme
const IGNORED_BY_BROWSERS = /[\u0000-\u0020\u007F-\u00A0\u00AD\u200B-\u200F\u2028-\u202F\uFEFF]/g

/** Judges an address as a browser would read it; only http, https and mailto ever become links. */
export function toLinkTarget(raw: string): LinkTarget {
  const href = raw.trim()
  const read = href.replace(IGNORED_BY_BROWSERS, '')
  const scheme = SCHEME.exec(read)?.[1]?.toLowerCase()
  if (scheme === 'http' || scheme === 'https' || scheme === 'mailto') return { kind: 'external', href: read }
  if (scheme !== undefined) return { kind: 'refused' }
  if (/^[\\/]{2}/.test(read)) return { kind: 'external', href: `https:${read.replace(/^[\\/]+/, '//')}` }
  if (DOCUMENT.test(href)) return { kind: 'document', href }
  return { kind: 'elsewhere', href }
}

/** The address of a document here, or of one of its paragraphs, as `toLinkTarget` knows it. */
export function toDocumentLink(documentId: string, paragraph: number | null): string {
  return `/read/${documentId}${paragraph === null ? '' : `?p=${paragraph}`}`
}
