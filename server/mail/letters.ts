/** The letters of this server, in plain text. No name stands in them: whoever makes an account chooses it. */
import type { Letter } from './send-mail.ts'

/** With the link to choose a new password. */
export const passwordLetter = (to: string, url: string): Letter => ({
  to,
  subject: 'Choose a new password for Postil',
  text: `Somebody, probably you, asked to choose a new password for the account with this address.

${url}

The link works once, within an hour. If it was not you, nothing has changed, and you need do nothing.
`,
})

/** With the link that shows that somebody reads what is sent to the address. */
export const confirmAddressLetter = (to: string, url: string): Letter => ({
  to,
  subject: 'Confirm your address for Postil',
  text: `Somebody, probably you, wants this to be the e-mail address of an account.

${url}

The link works once, within an hour. If it was not you, nothing has changed, and you need do nothing.
`,
})

/** To the address that the account had before. */
export const addressChangedLetter = (to: string, serverUrl: string): Letter => ({
  to,
  subject: 'Your address for Postil was changed',
  text: `The account at ${serverUrl} that had this address has another one now.

If it was not you, write to whoever runs the server.
`,
})

/** To the person whose password was changed. */
export const passwordChangedLetter = (to: string, serverUrl: string): Letter => ({
  to,
  subject: 'Your password for Postil was changed',
  text: `The password of your account at ${serverUrl} was changed, and every browser was signed out.

If it was not you, ask for a new one on the sign-in page, or write to whoever runs the server.
`,
})
