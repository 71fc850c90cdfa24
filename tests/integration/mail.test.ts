import { beforeAll, describe, expect, test } from 'vitest'
import { createSendMail } from '#server/mail/send-mail.ts'
import { createLog } from '#server/telemetry/log.ts'
import { startMailServer, type TestMailServer } from '#tests/factories/mail-server.ts'

let server: TestMailServer
const logged: string[] = []
const log = createLog('error', { write: (line) => void logged.push(line) })
beforeAll(async () => {
  server = await startMailServer()
})

const letter = { to: 'anna@example.org', subject: 'Your link', text: `See ${'x'.repeat(90)} – today.\n` }

describe('a letter', () => {
  test('arrives at its one address, with its words as they were', async () => {
    await createSendMail({ smtpUrl: server.url, from: 'Postil <postil@example.org>' }, log)(letter)
    expect(server.letters.at(-1)).toMatchObject({ to: ['anna@example.org'], subject: 'Your link' })
    expect(server.letters.at(-1)?.text).toContain(letter.text.trim())
  })

  test('goes nowhere else, whatever stands in its address or subject', async () => {
    const send = createSendMail({ smtpUrl: server.url, from: 'postil@example.org' }, log)
    await send({ ...letter, subject: 'Hello\r\nBcc: eve@example.org' })
    expect(server.letters.at(-1)).toMatchObject({ to: ['anna@example.org'] })
    const before = server.letters.length
    await send({ ...letter, to: 'anna@example.org, eve@example.org' }).catch(() => {})
    expect(server.letters.slice(before).flatMap(({ to }) => to)).not.toContain('eve@example.org')
  })

  test('that no server takes is an expected failure, and its address stands in no log', async () => {
    const send = createSendMail({ smtpUrl: 'smtp://127.0.0.1:1', from: 'postil@example.org' }, log)
    await expect(send(letter)).rejects.toMatchObject({ code: 'unavailable' })
    expect(logged.join()).toContain('a letter could not be sent')
    expect(logged.join()).not.toContain('anna@')
  })
})
