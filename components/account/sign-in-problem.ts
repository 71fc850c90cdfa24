import { waitWords } from '#domain/wait-words.ts'

/** Why a sign-in failed: what the server says, and that the browser keeps no cookie. */
export type SignInProblemCode =
  | 'CredentialsSignin'
  | 'TooManyTries'
  | 'NoCookies'
  | 'NotNow'
  | 'AddressNotVerified'
  | 'NoAccount'
  | 'AccountDisabled'

const words: Readonly<Record<SignInProblemCode, string>> = {
  CredentialsSignin: 'This e-mail address and this password do not belong together.',
  TooManyTries: 'There were too many wrong tries. Wait a quarter of an hour, then try again.',
  NoCookies: 'Your browser keeps no cookie for this server, and signing in needs one.',
  AddressNotVerified:
    'Your e-mail address is not verified there, so we cannot tell which account here is yours.',
  NoAccount: 'Nobody with your e-mail address has an account here. Ask whoever runs this server for one.',
  AccountDisabled: 'This account is disabled. Ask whoever runs this server.',
  NotNow: 'The server cannot look this up just now. Try again in a moment.',
}

/** A failed sign-in, with what to tell the person. */
export interface SignInProblem {
  readonly code: SignInProblemCode
  readonly words: string
}

/** What the server says: a code, and after a dot in how many seconds to come back. Whatever is not known is `NotNow`. */
export function readSignInProblem(said: string): SignInProblem {
  const [told = '', seconds = ''] = said.split('.')
  const code = isKnown(told) ? told : 'NotNow'
  if (code !== 'TooManyTries' || !/^\d{1,4}$/.test(seconds)) return { code, words: words[code] }
  return { code, words: `There were too many wrong tries. Try again ${waitWords(Number(seconds))}.` }
}

function isKnown(code: string): code is SignInProblemCode {
  return Object.hasOwn(words, code)
}
