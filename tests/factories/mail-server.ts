/** A mail server for one test file: it takes every letter, and keeps it to be read. */
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { afterAll } from 'vitest'

/** A letter as it arrived. */
export interface Received {
  readonly to: readonly string[]
  readonly subject: string
  /** Its words, without the way they were encoded. */
  readonly text: string
}

export interface TestMailServer {
  /** What `SMTP_URL` is set to. */
  readonly url: string
  /** Every letter so far, the oldest first. */
  readonly letters: Received[]
}

/** Starts a mail server on a free port; it stops after the test file. */
export async function startMailServer(): Promise<TestMailServer> {
  const letters: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, done) {
      text(stream).then((source) => {
        letters.push({ to: envelope.rcptTo.map(({ address }) => address), ...readLetter(source) })
        done()
      }, done)
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => new Promise<void>((resolve) => server.close(resolve)))
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, letters }
}

function readLetter(source: string): Pick<Received, 'subject' | 'text'> {
  const end = source.indexOf('\r\n\r\n')
  const head = source.slice(0, end).replace(/\r\n[ \t]+/g, ' ')
  const body = source.slice(end + 4)
  const isEncoded = /^content-transfer-encoding: *quoted-printable/im.test(head)
  return {
    subject: /^subject: *(.*)$/im.exec(head)?.[1]?.trim() ?? '',
    text: isEncoded ? fromQuotedPrintable(body) : body,
  }
}

/** RFC 2045, section 6.7. */
function fromQuotedPrintable(body: string): string {
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
