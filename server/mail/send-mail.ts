/**
 * Letters to people. Whether there is mail at all is a fact of the server that everyone must ask about: without
 * `SMTP_URL` there is none, and a link that would have been mailed is shown to whoever may hand it on instead.
 */
import { createTransport } from 'nodemailer'
import type { Logger } from 'pino'
import { AppError } from '#domain/app-error.ts'
import { createTurns } from '../services/turns.ts'

/** A letter in plain text. */
export interface Letter {
  /** One address. */
  readonly to: string
  readonly subject: string
  readonly text: string
}

/**
 * Hands a letter to the mail server. Throws `unavailable` when that does not take it. Never awaited inside a
 * transaction: a mail server may take seconds.
 */
export type SendMail = (letter: Letter) => Promise<void>

/** Where letters go out, and from whom. */
export interface MailSettings {
  /** `smtp://` or `smtps://`, with a user and password if the server asks for one. */
  readonly smtpUrl: string
  /** What stands in `From`, such as `Postil <postil@example.org>`. */
  readonly from: string
}

/** Longer than any mail server that works needs, shorter than anyone waits for a page. */
const answerWithinMs = 15_000
/** Mail servers refuse whoever comes with many at once, as an invited class would. */
const lettersAtOnce = 2

/** Sends over the given mail server, a few letters at a time. Addresses stand in no log. */
export function createSendMail({ smtpUrl, from }: MailSettings, log: Pick<Logger, 'error'>): SendMail {
  const address = new URL(smtpUrl)
  for (const phase of ['connectionTimeout', 'greetingTimeout', 'socketTimeout']) {
    address.searchParams.set(phase, String(answerWithinMs))
  }
  const transport = createTransport(address.href, { from })
  const turns = createTurns(lettersAtOnce)

  return async ({ to, subject, text }) => {
    try {
      // As an object it is one address; a string would be parsed, and might hold several.
      await turns.take(() => transport.sendMail({ to: { name: '', address: to }, subject, text }))
    } catch (error) {
      log.error({ code: codeOf(error) }, 'a letter could not be sent')
      throw new AppError('unavailable', 'The mail server did not take the letter: try again later.')
    }
  }
}

/** What went wrong, in nodemailer's word; its message may quote the address. */
function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : 'unknown'
}
