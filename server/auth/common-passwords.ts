/**
 * Passwords that are among the first anyone tries. The list is that of `@zxcvbn-ts/language-common`: some fifty
 * thousand from leaked collections, in the order of how often they were met. It is read when the first password is
 * chosen, and never leaves the server.
 */

let list: Promise<ReadonlySet<string>> | undefined

/**
 * Whether a password is a common one, or becomes one when it is read in lower case without the digits and signs around
 * it: `Password123!` is no better than `password`.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  list ??= readList()
  const common = await list
  const plain = password.normalize('NFKC').toLowerCase()
  return common.has(plain) || common.has(withoutEdges(plain))
}

async function readList(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'].map(String))
}

/** The letters in the middle; a passphrase keeps its spaces and stays itself. */
function withoutEdges(text: string): string {
  const isLetter = /\p{L}/u
  const signs = [...text]
  const first = signs.findIndex((sign) => isLetter.test(sign))
  const last = signs.findLastIndex((sign) => isLetter.test(sign))
  return first === -1 ? '' : signs.slice(first, last + 1).join('')
}
