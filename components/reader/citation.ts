/** What a citation names. */
export interface CitedPassage {
  readonly title: string
  readonly authors: readonly string[]
  readonly words: string
  /** The first and last paragraph that the words stand in; null in a heading. */
  /** The printed page that they begin on, where the source says so. */
  readonly page: string | null
  readonly paragraphs: { readonly first: number; readonly last: number } | null
  readonly url: string
}

/** The words with where they stand: quotation, authors, title, printed page, paragraph and a link that leads there. */
export function cite({ title, authors, words, page, paragraphs, url }: CitedPassage): string {
  const place = paragraphs
    ? paragraphs.first === paragraphs.last
      ? `, ¶ ${paragraphs.first}`
      : `, ¶¶ ${paragraphs.first}–${paragraphs.last}`
    : ''
  const printed = page === null ? '' : `, p. ${page}`
  const by = authors.length > 0 ? `${listNames(authors)}, ` : ''
  return `“${words}”\n— ${by}${title}${printed}${place}. ${url}`
}

function listNames(names: readonly string[]): string {
  if (names.length <= 2) return names.join(' and ')
  return names.length === 3 ? `${names[0]}, ${names[1]} and ${names[2]}` : `${names[0]} and others`
}
