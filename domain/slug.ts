/** Names as they stand in addresses. */

/** In characters; a number may follow, so that the whole stays within 80. */
const longest = 74

/** Latin letters that are no letter with a mark, and so do not come apart by themselves. */
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

/**
 * A name in lower case with hyphens for what is neither letter nor digit: letters of every script stay, accents on
 * Latin letters go. It ends between words where it can. Never empty: `otherwise` stands for a name without any letter
 * or digit.
 */
export function toSlug(name: string, otherwise: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin})\p{Mn}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => spelledOut[letter] ?? letter)
    .replace(/['’ʼ]/g, '')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  return joinWhileShort(words) || otherwise
}

/** `base`, or `base` with the first number from 2 that is not taken. */
export function toFreeSlug(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base
  let number = 2
  while (taken.has(`${base}-${number}`)) number += 1
  return `${base}-${number}`
}

function joinWhileShort(words: readonly string[]): string {
  let slug = [...(words[0] ?? '')].slice(0, longest).join('')
  for (const word of words.slice(1)) {
    if (slug.length + 1 + word.length > longest) break
    slug = `${slug}-${word}`
  }
  return slug
}
