const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * The initials of a name: of its first and last word, or of its only one. `?` for a name of no letters. Takes whole
 * characters as people see them, so that no accent or surrogate pair is torn apart.
 */
export function initialsOf(name: string): string {
  const words = name.split(/[\s\p{Dash_Punctuation}]+/u).flatMap((word) => {
    const bare = word.replace(/^[^\p{L}\p{N}]+/u, '')
    return bare ? [bare] : []
  })
  const ends = words.length > 1 ? [words.at(0), words.at(-1)] : words
  return ends.map((word) => firstLetter(word ?? '').toLocaleUpperCase()).join('') || '?'
}

function firstLetter(word: string): string {
  for (const { segment } of letters.segment(word)) return segment
  return ''
}
