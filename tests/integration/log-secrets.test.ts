import { expect, test } from 'vitest'
import { aPerson, aToken } from '#tests/factories/person.ts'
import { SignInBrowser } from '#tests/factories/sign-in-browser.ts'
import { startTestServer } from '#tests/factories/test-server.ts'
import { askToUpgrade } from '#tests/sync/sync-client.ts'

test('nothing that lets somebody in, and nobody’s address, stands in the log, at its most talkative', async () => {
  const lines: string[] = []
  const { services, url } = await startTestServer(
    { POSTIL_LOG_LEVEL: 'debug', SMTP_URL: 'smtp://127.0.0.1:1' },
    (line) => void lines.push(line),
  )
  const [password, chosen] = ['slow walks in the rain', 'three quiet geese at noon']
  const admin = await aPerson(services, { email: 'admin@example.org', password, admin: true })
  const token = await aToken(services, admin)
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', ...headers },
    })
  const asAdmin = { authorization: `Bearer ${token}` }
  const invitation = await (await post('/groups', { name: 'A group' }, asAdmin)).json()
  const { url: link } = await (await post(`/groups/${invitation.id}/invitations`, {}, asAdmin)).json()
  const secret = String(link).split('/').at(-1) ?? ''
  await post('/invitations/look', { secret })
  await fetch(`${url}/join/${secret}?secret=${secret}`)
  await post('/password-resets', { email: admin.email })
  await post('/password-resets/use', { secret: 'a-made-up-secret', password: chosen })
  await post('/me/password', { current: chosen, password: chosen }, asAdmin)
  await post('/groups', '{"name": not JSON', { ...asAdmin, 'x-request-id': token })
  await askToUpgrade(`${url}/sync/note/none?token=${token}`)
  const browser = new SignInBrowser(services.authOptions)
  await browser.signIn(admin.email, chosen)
  await browser.signIn(admin.email, password)
  // The letter that nobody takes is the last thing to be logged.
  await expect.poll(() => lines.join(), { timeout: 30_000 }).toContain('a letter could not be sent')

  const log = lines.join()
  expect(lines.length).toBeGreaterThan(8)
  const cookie = browser.cookie.split('session-token=')[1]?.slice(0, 40) ?? 'none'
  for (const word of [password, chosen, token, secret, 'a-made-up-secret', cookie, admin.email]) {
    expect(log).not.toContain(word)
  }
})
