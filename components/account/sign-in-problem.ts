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

/** The code as the sign-in knows it; whatever else the server says is `NotNow`. */
export function toSignInProblem(code: string): SignInProblemCode {
  return isKnown(code) ? code : 'NotNow'
}

/** What to tell the person. */
export function signInProblemWords(code: SignInProblemCode): string {
  return words[code]
}

function isKnown(code: string): code is SignInProblemCode {
  return Object.hasOwn(words, code)
}
