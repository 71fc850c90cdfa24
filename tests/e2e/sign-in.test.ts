import type { Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { sampleGroup } from './ask-api.ts'
import { emails, openBrowser, password, signIn } from './browser.ts'

const people = openBrowser()

const fillIn = async (page: Page, email: string, secret: string) => {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const isSignedIn = async (page: Page) => (await page.request.get('/api/v1/me')).ok()

describe.each([
  ['with scripts', true],
  ['without any script', false],
])('signing in %s', (_, javaScriptEnabled) => {
  test('leads back to the page that asked for it', async () => {
    const page = await people.visitor({ javaScriptEnabled })
    await page.goto('/account')
    await page.waitForURL((url) => url.pathname === '/sign-in')
    await fillIn(page, emails.anna, password)
    await page.waitForURL((url) => url.pathname === '/account')
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Anna Lindqvist')
  })

  test('with a wrong password says so, lets nobody in, and still knows where to lead', async () => {
    const page = await people.visitor({ javaScriptEnabled })
    await page.goto('/account')
    await fillIn(page, emails.bo, 'not this one')
    await page.getByText('do not belong together').waitFor()
    expect(await isSignedIn(page)).toBe(false)
    await fillIn(page, emails.bo, password)
    await page.waitForURL((url) => url.pathname === '/account')
  })
})

test('a refused sign-in keeps the address that was filled in', async () => {
  const page = await people.visitor()
  await page.goto('/sign-in')
  await fillIn(page, emails.anna, 'not this one')
  await page.getByRole('alert').getByText('do not belong together').waitFor()
  expect(await page.getByLabel('E-mail').inputValue()).toBe(emails.anna)
  expect(await seriousFindings(page)).toEqual([])
})

test('signing in leads to no other server, whatever the link says', async () => {
  const page = await people.visitor()
  await page.goto(`/sign-in?callbackUrl=${encodeURIComponent('https://elsewhere.example/account')}`)
  await fillIn(page, emails.anna, password)
  await page.waitForURL(`${inject('demoUrl')}/account`)
})

test('a browser that keeps no cookie is told that signing in needs one', async () => {
  // As `fetch` does.
  const answer = await fetch(`${inject('demoUrl')}/sign-in`)
  expect(await answer.text()).toContain('keeps no cookie')
})

test('signing out ends the session, for a copy of its cookie too', async () => {
  const page = await people.signedIn('anna')
  const copy = await page.context().storageState()
  await page.goto('/account')
  await page.getByRole('button', { name: /account and appearance/i }).click()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor()
  const other = await people.visitor({ storageState: copy })
  expect(await isSignedIn(other)).toBe(false)
})

test('a browser that lost the cookie of its forms can still sign out', async () => {
  const page = await people.signedIn('bo')
  await page.context().clearCookies({ name: /csrf/ })
  await page.goto('/sign-out')
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL((url) => url.pathname === '/' || url.pathname === '/sign-in')
  expect(await isSignedIn(page)).toBe(false)
})

describe('an invitation link', () => {
  const invite = async (uses: number) => {
    const helen = await people.signedIn('helen')
    const group = await sampleGroup(helen)
    const answer = await helen.request.post(`/api/v1/groups/${group.id}/invitations`, {
      data: { uses },
      headers: { origin: inject('demoUrl') },
    })
    return { path: new URL((await answer.json()).url).pathname, group }
  }

  test('lets a new person make an account, and is used up by it', async () => {
    const { path, group } = await invite(1)
    const page = await people.visitor()
    await page.goto(path)
    expect(await seriousFindings(page)).toEqual([])
    await page.getByLabel('Name').fill('Cy Novak')
    await page.getByLabel('E-mail').fill('cy@example.org')
    await page.getByLabel('Password').fill('password123')
    await page.getByRole('button', { name: `Join ${group.name}` }).click()
    await page.getByText('first that anyone would try').waitFor()
    await page.getByLabel('Password').fill('three quiet geese')
    await page.getByRole('button', { name: `Join ${group.name}` }).click()
    await page.waitForURL((url) => url.pathname === `/groups/${group.slug}`)
    const me = await (await page.request.get('/api/v1/me')).json()
    expect(me).toMatchObject({ name: 'Cy Novak', groups: [{ id: group.id, role: 'reader' }] })

    await page.goto(path)
    await page.getByRole('heading', { name: 'This invitation does not lead anywhere' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  test('lets a person sign in first and then join with one press', async () => {
    const { path, group } = await invite(5)
    const helen = await people.signedIn('helen')
    await helen.request.post('/api/v1/accounts', {
      data: { name: 'Dag Moe', email: 'dag@example.org', password },
      headers: { origin: inject('demoUrl') },
    })
    const page = await people.visitor()
    await page.goto(path)
    await page.getByRole('link', { name: 'Sign in to join' }).click()
    await page.waitForURL((url) => url.pathname === '/sign-in')
    await fillIn(page, 'dag@example.org', password)
    await page.waitForURL((url) => url.pathname === path)
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('button', { name: `Join ${group.name}` }).click()
    await page.waitForURL((url) => url.pathname === `/groups/${group.slug}`)
  })
})

test('a token is shown once, speaks for its person, and is refused when revoked', async () => {
  const page = await people.signedIn('anna')
  await page.goto('/account')
  await page.getByLabel('What the token is for').fill('A script')
  await page.getByRole('button', { name: 'Make a token' }).click()
  const token = await page.getByLabel('Token', { exact: true }).inputValue()
  const ask = () => fetch(`${inject('demoUrl')}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })
  expect(await (await ask()).json()).toMatchObject({ email: emails.anna })
  expect(await seriousFindings(page)).toEqual([])

  await page.reload()
  await page.getByRole('button', { name: 'Revoke A script' }).click()
  expect(await page.content()).not.toContain(token)
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('You have no tokens').waitFor()
  expect((await ask()).status).toBe(401)
})

describe('the accounts of the server', () => {
  test('are an administrator’s to see and to make', async () => {
    const page = await people.signedIn('helen')
    await page.goto('/people')
    await page.getByLabel('Name').fill('Eli Brandt')
    await page.getByLabel('E-mail').fill(emails.anna)
    await page.getByLabel('Password').fill('three quiet geese')
    await page.getByRole('button', { name: 'Make the account' }).click()
    await page.getByRole('alert').getByText('There is an account with this').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByLabel('E-mail').fill('eli@example.org')
    await page.getByRole('button', { name: 'Make the account' }).click()
    await page.getByRole('listitem').filter({ hasText: 'eli@example.org' }).waitFor()
    const eli = await people.visitor()
    await eli.goto('/sign-in')
    await fillIn(eli, 'eli@example.org', 'three quiet geese')
    await eli.waitForURL((url) => url.pathname === '/')
  })

  test('are not shown to anyone else', async () => {
    const page = await people.visitor()
    await signIn(page, 'bo')
    const answer = await page.goto('/people')
    expect(answer?.status()).toBe(403)
    await page.getByRole('heading', { name: 'You may not do this' }).waitFor()
    expect(await page.getByRole('banner').count()).toBe(1)
    expect(await page.content()).not.toContain(emails.anna)
    expect(await seriousFindings(page)).toEqual([])
  })
})

test('a setup link that is not valid makes no account', async () => {
  const page = await people.visitor()
  await page.goto('/setup/nonsense')
  await page.getByLabel('Name').fill('Mallory')
  await page.getByLabel('E-mail').fill('mallory@example.org')
  await page.getByLabel('Password').fill('three quiet geese')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Make the account' }).click()
  await page.getByRole('alert').getByText('not valid').waitFor()
  expect(await isSignedIn(page)).toBe(false)
})
