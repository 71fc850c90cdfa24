/** Chromium for one test file, and people in it: each a signed-in browser of their own. */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type ConsoleMessage,
  chromium,
  type Page,
} from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest'
import { findProgram } from '#tests/factories/find-program.ts'

/** The sample people by what the tests call them. */
export const emails = { helen: 'helen@example.org', anna: 'anna@example.org', bo: 'bo@example.org' } as const
export const password = 'read together'

export type SamplePerson = keyof typeof emails

/** Somebody whom a test made itself. */
export interface Account {
  readonly email: string
  readonly password: string
}

/** What consoles say by themselves of what was refused or could not be reached; what the person sees is tested by name. */
const usualNoise = /favicon|net::ERR_|WebSocket connection to|status of 40[13] /

/**
 * A browser that opens before the file's tests and closes after them; what a test opens in it closes with the test. Errors in its pages, or in their consoles, fail
 * the file. `expects` says which words in a console do not; left out, those of refusals and of a network that is gone.
 */
export function openBrowser({ expects }: { readonly expects?: RegExp } = {}) {
  let browser: Browser
  const troubles: string[] = []

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: findProgram('chromium'),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
  })
  let openBefore: readonly BrowserContext[] = []
  beforeEach(() => {
    openBefore = browser.contexts()
  })
  afterEach(async () => {
    const opened = browser.contexts().filter((context) => !openBefore.includes(context))
    await Promise.all(opened.map((context) => context.close()))
  })
  afterAll(async () => {
    await browser.close()
    if (troubles.length > 0) throw new Error(`the pages' consoles said:\n${troubles.join('\n')}`)
  })

  async function visitor(options: BrowserContextOptions = {}): Promise<Page> {
    // Nothing here is about motion, and frames that nobody looks at take their time.
    const context = await browser.newContext({
      baseURL: inject('demoUrl'),
      reducedMotion: 'reduce',
      ...options,
    })
    context.setDefaultTimeout(30_000)
    return watched(await context.newPage())
  }

  return {
    /** A page of somebody who has not signed in. */
    visitor,
    /** A page of somebody who has signed in: by a request, as the form would send it. */
    async signedIn(person: SamplePerson | Account, options: BrowserContextOptions = {}): Promise<Page> {
      const page = await visitor(options)
      const account = typeof person === 'string' ? { email: emails[person], password } : person
      const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json()
      const form = { csrfToken, json: 'true', ...account }
      const answer = await page.request.post('/api/auth/callback/credentials', { form })
      if (!answer.ok()) throw new Error(`${account.email} cannot sign in: ${answer.status()}`)
      return page
    },
    /** Further pages in the same browser as `page`. */
    async anotherTab(context: BrowserContext): Promise<Page> {
      return watched(await context.newPage())
    },
  }

  function watched(page: Page): Page {
    page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error' && !isExpected(message))
        troubles.push(`${page.url()}: ${message.text()}`)
    })
    return page
  }

  function isExpected(message: ConsoleMessage): boolean {
    return expects ? expects.test(message.text()) : usualNoise.test(message.text()) || isRefusal(message)
  }
}

/** Signs in by the form, as a person would. */
export async function signIn(page: Page, person: SamplePerson): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel(/e-?mail/i).fill(emails[person])
  await page.getByLabel(/password/i).fill(password)
  await page.getByRole('button', { name: /sign in/i }).click()
  await page.waitForURL((url) => url.pathname === '/')
}

/** An answer of the API to what a person did, which the page puts into words; a missing script is none. */
function isRefusal(message: ConsoleMessage): boolean {
  return (
    / status of 4\d\d /.test(message.text()) && new URL(message.location().url).pathname.startsWith('/api/')
  )
}
