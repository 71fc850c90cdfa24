/** Characters a minute in most scripts: about 220 words of five letters and a space. */
const charactersPerMinute = 1_300
/** Where a character is about half a word. */
const ideographsPerMinute = 450
const ideographic = /^(?:zh|ja|yue)\b/i

/** How long a text of `length` characters takes to read, in words: `4 min`, `2 h`, `2 h 10 min`. */
export function readingTime(length: number, language: string | null): string {
  const pace = ideographic.test(language ?? '') ? ideographsPerMinute : charactersPerMinute
  const minutes = Math.max(1, Math.round(length / pace))
  if (minutes < 60) return `${minutes} min`
  // Nobody reads for hours to the minute.
  const tens = Math.round(minutes / 10) * 10
  const rest = tens % 60
  return rest === 0 ? `${tens / 60} h` : `${Math.floor(tens / 60)} h ${rest} min`
}
