/**
 * Which passwords may be chosen, as far as it can be told without a list: length is what makes one hard to guess, so
 * length is what is asked. The server refuses those that everyone tries first as well.
 */

const shortest = 10
const longest = 200

/** What is wrong with a password, in words for its person, or null when its length is right. */
export function passwordProblem(password: string): string | null {
  const length = [...password].length
  if (length < shortest) return `must have at least ${shortest} characters`
  if (length > longest) return `may have at most ${longest} characters`
  return null
}
