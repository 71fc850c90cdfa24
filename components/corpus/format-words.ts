import type { SourceFormat } from '#domain/wire/document.ts'

/** The formats that can be brought in, as people call them and as their files are named. */
export const formatWords: Readonly<Record<SourceFormat, { readonly label: string; readonly files: string }>> =
  {
    txt: { label: 'Plain text', files: '.txt' },
    md: { label: 'Markdown', files: '.md,.markdown' },
    html: { label: 'HTML', files: '.html,.htm,.xhtml' },
    epub: { label: 'EPUB', files: '.epub' },
    docx: { label: 'Word', files: '.docx' },
    pdf: { label: 'PDF', files: '.pdf' },
    tei: { label: 'TEI', files: '.xml,.tei' },
  }

/** Formats that are text, and so can be pasted. */
export const pastedFormats = ['txt', 'md', 'html', 'tei'] as const satisfies readonly SourceFormat[]
export type PastedFormat = (typeof pastedFormats)[number]

/** The `accept` of a file field; a ZIP holds several texts. */
export const acceptedFiles = [...Object.values(formatWords).map(({ files }) => files), '.zip'].join(',')
