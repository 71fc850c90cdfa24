/** Chromium for one test file, and people in it: each a signed-in browser of their own. */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type ConsoleMessage,
  chromium,
  type Page,
} from 'playwright-core'
import { afterAll, beforeAll, inject } from 'vitest'
import { findProgram } from '#tests/factories/find-program.ts'

/** The sample people by what the tests call them. */
export const emails = { helen: 'helen@example.org', anna: 'anna@example.org', bo: 'bo@example.org' } as const
export const password = 'read together'

export type SamplePerson = keyof typeof emails

/** What goes wrong in a page without a person seeing it: errors in its console, and requests the policy refuses. */
const expectedNoise =
  /favicon|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|WebSocket connection to|status of 40[13] /

/** A browser that opens before the file's tests and closes after them. */
export function useBrowser() {
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
  afterAll(async () => {
    await browser.close()
    if (troubles.length > 0) throw new Error(`the pages' consoles said:\n${troubles.join('\n')}`)
  })

  async function visitor(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ baseURL: inject('demoUrl'), ...options })
    context.setDefaultTimeout(20_000)
    return watched(await context.newPage(), troubles)
  }

  return {
    /** A page of somebody who has not signed in. */
    visitor,
    /** A page of a sample person, signed in through the form. */
    async signedIn(person: SamplePerson, options: BrowserContextOptions = {}): Promise<Page> {
      const page = await visitor(options)
      await signIn(page, person)
      return page
    },
    /** Further pages in the same browser as `page`. */
    async anotherTab(context: BrowserContext): Promise<Page> {
      return watched(await context.newPage(), troubles)
    },
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

function watched(page: Page, troubles: string[]): Page {
  page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error' || expectedNoise.test(message.text()) || isRefusal(message)) return
    troubles.push(`${page.url()}: ${message.text()}`)
  })
  return page
}
