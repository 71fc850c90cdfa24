/**
 * How alike two different words are, from 0 to 1: the share of the longer one that is common at the beginning and the
 * end of both. One typing error leaves all but one letter common; two neighbours changed places count as one error.
 * Cheaper than an edit distance, and enough: what alignment needs is "the same word misspelt or inflected".
 */
export function wordLikeness(a: string, b: string): number {
  const longer = Math.max(a.length, b.length)
  const shorter = Math.min(a.length, b.length)
  if (shorter * 2 < longer) return 0
  let head = 0
  while (head < shorter && a.charCodeAt(head) === b.charCodeAt(head)) head++
  let tail = 0
  while (tail < shorter - head && a.charCodeAt(a.length - 1 - tail) === b.charCodeAt(b.length - 1 - tail))
    tail++
  const isSwap =
    longer === shorter &&
    head + tail === longer - 2 &&
    a.charCodeAt(head) === b.charCodeAt(head + 1) &&
    a.charCodeAt(head + 1) === b.charCodeAt(head)
  return (head + tail + (isSwap ? 1 : 0)) / longer
}
