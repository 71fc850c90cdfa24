import type { SourceDocument } from '#domain/text/edition-text.ts'
import { decodeText } from './decode-text.ts'
import { toAuthors, toLanguage, toTitle } from './describe-source.ts'
import { describePage, findArticle } from './find-article.ts'
import { toHtmlBlocks } from './html-blocks.ts'
import { findNotes } from './html-notes.ts'
import { parsePage } from './html-tree.ts'
import type { Importer } from './importer.ts'

/** Reads a web page: its article without the furniture around it, as text and known marks only. */
export const htmlImporter: Importer = {
  format: 'html',
  read(bytes): SourceDocument {
    const page = parsePage(decodeText(bytes))
    const { title, authors, language } = describePage(page)
    const article = findArticle(page)
    return {
      title: toTitle(title),
      authors: authors ? toAuthors(authors) : [],
      language: toLanguage(language),
      blocks: toHtmlBlocks(article, findNotes(article)),
    }
  },
}
