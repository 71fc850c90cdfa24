/** What a citation names. */
export interface CitedPassage {
  readonly title: string
  readonly authors: readonly string[]
  readonly words: string
  /** The first and last paragraph that the words stand in; null in a heading. */
  readonly paragraphs: { readonly first: number; readonly last: number } | null
  readonly url: string
}

/** The words with where they stand: quotation, authors, title, paragraph and a link that leads there. */
export function cite({ title, authors, words, paragraphs, url }: CitedPassage): string {
  const place = paragraphs
    ? paragraphs.first === paragraphs.last
      ? `, ¶ ${paragraphs.first}`
      : `, ¶¶ ${paragraphs.first}–${paragraphs.last}`
    : ''
  const by = authors.length > 0 ? `${listNames(authors)}, ` : ''
  return `“${words}”\n— ${by}${title}${place}. ${url}`
}

function listNames(names: readonly string[]): string {
  if (names.length <= 2) return names.join(' and ')
  return names.length === 3 ? `${names[0]}, ${names[1]} and ${names[2]}` : `${names[0]} and others`
}
