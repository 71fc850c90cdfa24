/**
 * The two faces, served by this server. Source Serif comes from its makers' own package: the subsets that font
 * services hand out have neither small capitals nor old-style numerals.
 */
import localFont from 'next/font/local'

/** The face of texts and titles. */
export const sourceSerif = localFont({
  src: [
    {
      path: '../../node_modules/source-serif/WOFF2/TTF/SourceSerif4-Regular.ttf.woff2',
      weight: '400',
      style: 'normal',
    },
    {
      path: '../../node_modules/source-serif/WOFF2/TTF/SourceSerif4-It.ttf.woff2',
      weight: '400',
      style: 'italic',
    },
    {
      path: '../../node_modules/source-serif/WOFF2/TTF/SourceSerif4-Semibold.ttf.woff2',
      weight: '600 700',
      style: 'normal',
    },
    {
      path: '../../node_modules/source-serif/WOFF2/TTF/SourceSerif4-SemiboldIt.ttf.woff2',
      weight: '600 700',
      style: 'italic',
    },
  ],
  variable: '--font-source-serif',
  display: 'swap',
  adjustFontFallback: 'Times New Roman',
  preload: false,
})

/** The face of the interface. */
export const inter = localFont({
  src: '../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-inter',
  display: 'swap',
  preload: false,
})
