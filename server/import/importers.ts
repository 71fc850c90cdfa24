import { AppError } from '#domain/app-error.ts'
import type { Importer, ImportFormat } from './importer.ts'

/** Every format with what reads it, loaded when it is needed: a parser of one format is more code than the rest. */
export const IMPORTERS: Readonly<Record<ImportFormat, () => Promise<Importer>>> = {
  txt: async () => (await import('./plain-text.ts')).plainTextImporter,
  md: async () => (await import('./markdown.ts')).markdownImporter,
  html: async () => (await import('./html.ts')).htmlImporter,
  epub: async () => (await import('./epub.ts')).epubImporter,
  docx: async () => (await import('./docx.ts')).docxImporter,
  tei: async () => (await import('./tei.ts')).teiImporter,
  pdf: async () => (await import('./pdf.ts')).pdfImporter,
}

const EXTENSIONS: Readonly<Record<string, ImportFormat>> = {
  txt: 'txt', text: 'txt', md: 'md', markdown: 'md', mdown: 'md', mkd: 'md', html: 'html', htm: 'html', xhtml: 'html',
  epub: 'epub', docx: 'docx', docm: 'docx', dotx: 'docx', tei: 'tei', pdf: 'pdf',
} // biome-ignore format: one table
const CONTENT_TYPES: Readonly<Record<string, ImportFormat>> = {
  'text/markdown': 'md', 'text/x-markdown': 'md', 'text/html': 'html', 'application/xhtml+xml': 'html',
  'text/plain': 'txt', 'application/epub+zip': 'epub', 'application/tei+xml': 'tei', 'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
} // biome-ignore format: one table

/** Whether this is a format that can be brought in. */
export function isImportFormat(format: string): format is ImportFormat {
  return Object.hasOwn(IMPORTERS, format)
}

/** The format that a file's name says, or null when the name says none that can be brought in. */
export function formatOf(fileName: string): ImportFormat | null {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase()
  return (extension && EXTENSIONS[extension]) || null
}

const REFUSED_EXTENSION = /^(?:doc|odt|rtf|xml|tei|zip|gz|tar|7z|rar|png|jpe?g|gif|mobi|azw3?|xlsx?|pptx?)$/

/** The format that the first bytes of a file show, or null when they show none. */
export function formatOfBytes(bytes: Uint8Array): ImportFormat | null {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 4096))
  // The first file of an EPUB is its content type, not compressed.
  if (/^\W{0,3}%PDF-/.test(start)) return 'pdf'
  if (start.startsWith('PK') && start.slice(30, 58) === 'mimetypeapplication/epub+zip') return 'epub'
  if (start.startsWith('PK') && holdsName(bytes, 'word/document.xml')) return 'docx'
  if (/<(?:\w+:)?(?:TEI(?:\.2)?|teiCorpus)[\s>]/.test(start) && /^\W*</.test(start)) return 'tei'
  return null
}

/** Whether the list of names at the end of an archive has a name. */
function holdsName(bytes: Uint8Array, name: string): boolean {
  return Buffer.from(bytes.subarray(-100_000)).includes(name)
}

export interface FormatEvidence {
  readonly bytes: Uint8Array
  readonly fileName?: string
  readonly contentType?: string
}

/**
 * The format of a file: by its name, else by its content type, else by how it begins. Plain text that clearly is
 * Markdown is read as Markdown. Throws AppError `unsupported-format` for a name that means something else.
 */
export function detectFormat({ bytes, fileName, contentType }: FormatEvidence): ImportFormat {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(fileName ?? '')?.[1]?.toLowerCase()
  const type = contentType?.split(';')[0]?.trim().toLowerCase()
  const named = (extension && EXTENSIONS[extension]) || (type && CONTENT_TYPES[type])
  if (named && named !== 'txt') return named
  const begun = named ? null : formatOfBytes(bytes)
  if (begun) return begun
  if (!named && extension && REFUSED_EXTENSION.test(extension))
    throw new AppError('unsupported-format', `Files of the kind .${extension} cannot be brought in.`)
  const start = new TextDecoder().decode(bytes.subarray(0, 200_000))
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype html|html[\s>])/i.test(start))
    return 'html'
  return isClearlyMarkdown(start) ? 'md' : 'txt'
}

/** Headings, strong words, links, fences: no one of them alone makes Markdown, several do. */
export function isClearlyMarkdown(text: string): boolean {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0
  const signs = [
    count(/^#{1,6} \S/gm) > 0 ? 2 : 0,
    count(/\*\*[^\s*][^*\n]{0,200}\*\*/g) > 1 ? 1 : 0,
    count(/\[[^\]\n]{1,200}\]\([^)\s]{1,500}/g) > 0 ? 1 : 0,
    count(/^(?:```|~~~)/gm) > 1 ? 2 : 0,
    count(/^\|? ?:?-{3,}:? ?\|/gm) > 0 ? 2 : 0,
    count(/\[\^[^\]\s]{1,50}\]/g) > 1 ? 1 : 0,
    /^---\n[\w-]+:/.test(text) ? 2 : 0,
  ]
  return signs.reduce((sum, sign) => sum + sign, 0) >= 3
}
