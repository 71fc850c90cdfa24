import { expect, inject, test } from 'vitest'
import { openBrowser } from './browser.ts'

const people = openBrowser({
  expects: /Content Security Policy|Refused to|violates the following|X-Frame-Options/,
})

test('a page runs its own scripts and none that words brought in, and stands in no other page', async () => {
  const page = await people.signedIn('anna')
  const answer = await page.goto('/account')
  const policy = answer?.headers()['content-security-policy'] ?? ''
  const [, number] = /'nonce-([^']+)'/.exec(policy) ?? []
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  const again = await page.request.get('/account')
  expect(again.headers()['content-security-policy']).not.toContain(String(number))

  // The page's own scripts run: it is hydrated.
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.getByRole('dialog').waitFor()

  // Nothing else does.
  const ran = await page.evaluate(async () => {
    const attempts = document.createElement('div')
    document.body.append(attempts)
    attempts.innerHTML = '<img src="nowhere:x" onerror="window.hostile = 1">'
    const script = document.createElement('script')
    script.setAttribute('src', 'data:text/javascript,window.hostile=2')
    const link = document.createElement('a')
    link.href = 'javascript:window.hostile=3'
    attempts.append(link)
    link.click()
    document.body.insertAdjacentHTML('beforeend', '<script>window.hostile = 4</script>')
    const base = document.createElement('base')
    base.href = 'https://evil.example/'
    document.head.append(base)
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))
    return { hostile: Reflect.get(window, 'hostile'), base: new URL('x', document.baseURI).origin }
  })
  expect(ran).toEqual({ hostile: undefined, base: inject('demoUrl') })

  // A page of somebody else may not show ours.
  const other = await people.visitor()
  await other.setContent(`<iframe src="${inject('demoUrl')}/account"></iframe>`)
  const frame = other.frames().at(-1)
  await expect.poll(() => frame?.url()).toMatch(/^chrome-error:|^about:blank/)
})
