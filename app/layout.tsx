import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import '#components/ui/tokens.css'
import '#components/ui/base.css'
import { inter, sourceSerif } from '#components/ui/fonts.ts'
import { readPreferences } from '#components/ui/preferences.ts'
import { SkipLink } from '#components/ui/skip-link.tsx'

export const metadata: Metadata = {
  title: { template: '%s · Postil', default: 'Postil' },
  description: 'Read a text together and write in its margin.',
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** The frame of every page. Theme and text size are set here, on the server, so that nothing flashes. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies()
  const { theme, textSize } = readPreferences((name) => jar.get(name)?.value)
  return (
    <html
      lang="en"
      data-theme={theme}
      data-text-size={textSize}
      className={`${sourceSerif.variable} ${inter.variable}`}
      suppressHydrationWarning
    >
      <body>
        <SkipLink />
        {children}
      </body>
    </html>
  )
}
