/** What axe finds on a page that keeps people out. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * Serious and critical findings on the page as it stands, each with the elements that it is about: everything in the
 * light theme, and in the dark one what may differ there, the colours.
 */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  const inLight = await findings(new AxeBuilder({ page }))
  await page.emulateMedia({ colorScheme: 'dark' })
  const inDark = await findings(new AxeBuilder({ page }).withRules('color-contrast'))
  await page.emulateMedia({ colorScheme: 'light' })
  return [...inLight, ...inDark.map((finding) => `in the dark theme, ${finding}`)]
}

async function findings(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
