/** Names as they stand in addresses. */

const longest = 60

/**
 * A name in lower case with hyphens for what is neither letter nor digit: letters of every script stay, accents on
 * Latin letters go. Never empty: `otherwise` stands for a name without any letter or digit.
 */
export function toSlug(name: string, otherwise: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin})\p{Mn}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
  const short = [...plain]
    .slice(0, longest)
    .join('')
    .replace(/^-+|-+$/g, '')
  return /[\p{L}\p{N}]/u.test(short) ? short : otherwise
}
