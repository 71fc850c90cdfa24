/** What an importer says about a work, made fit to stand in a list: one line, not too long. */

const MAX_LENGTH = 300

/** A title in one line of at most 300 characters, or null when nothing is left of it. */
export function toTitle(raw: string | null | undefined): string | null {
  const line = (raw ?? '').replace(/[\s\p{Cc}\uFEFF\u200B]+/gu, ' ').trim()
  if (line.length <= MAX_LENGTH) return line || null
  const cut = line.slice(0, MAX_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')
  return `${cut.replace(/\s\S*$/, '')}…`
}

/**
 * The names in a line such as `by Ada Lovelace and Charles Babbage`. A comma divides names only where each part has a
 * first and a last name, so that `Lovelace, Ada` stays one.
 */
export function toAuthors(raw: string): string[] {
  const line = (toTitle(raw) ?? '').replace(/^(?:written\s+)?(?:by|von|par|por|di|av|door)\s+/iu, '')
  return line
    .split(/\s*;\s*|\s+(?:and|und|et|y|&)\s+|\s*&\s*/u)
    .flatMap((part) => {
      const names = part.split(/\s*,\s*/)
      return names.every(isName) ? names : [part]
    })
    .map((name) => name.replace(/^[\s,]+|[\s,.|]+$/g, ''))
    .filter((name) => name !== '' && name.length <= 120)
    .slice(0, 20)
}

/** Two words or more, each as names are written: `Clerk to the River Board` says what somebody is, not who. */
function isName(text: string): boolean {
  const words = text.split(/\s+/)
  return words.length > 1 && words.every((word) => !/^\p{Ll}/u.test(word) || PARTICLES.has(word))
}

const PARTICLES = new Set('al bin da de del della der di du ibn la le ten ter van von y zu'.split(' '))

/** A language tag as it should be written, or null when it is none. */
export function toLanguage(raw: string | null | undefined): string | null {
  const tag = (raw ?? '').trim().replaceAll('_', '-')
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag)) return null
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}
