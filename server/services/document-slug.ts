/** The name of a document in addresses. */

/** A number may follow, so that the whole stays within 80 characters. */
const maxLength = 74

/** Letters that are no letter with a mark, and so do not come apart by themselves. */
const spelledOut: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

/** A title as small Latin letters and digits joined by hyphens; `document` when it has none of them. */
export function toSlug(title: string): string {
  const words = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => spelledOut[letter] ?? '')
    .replace(/['’ʼ]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  return joinWhileShort(words) || 'document'
}

/** `base`, or `base` with the first number from 2 that is not taken. */
export function toFreeSlug(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base
  let number = 2
  while (taken.has(`${base}-${number}`)) number += 1
  return `${base}-${number}`
}

function joinWhileShort(words: readonly string[]): string {
  let slug = (words[0] ?? '').slice(0, maxLength)
  for (const word of words.slice(1)) {
    if (slug.length + 1 + word.length > maxLength) break
    slug = `${slug}-${word}`
  }
  return slug
}
