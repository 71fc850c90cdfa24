import { readFileSync } from 'node:fs'

/** The colours of one theme by token name, without the dashes, as `#rrggbb`. */
export type Palette = Readonly<Record<string, string>>

/** Reads both palettes from the design tokens: every token of the form `light-dark(#rrggbb, #rrggbb)`. */
export function readPalettes(): { readonly light: Palette; readonly dark: Palette } {
  const css = readFileSync(new URL('../../../components/ui/tokens.css', import.meta.url), 'utf8')
  const light: Record<string, string> = {}
  const dark: Record<string, string> = {}
  for (const [, name, first, second] of css.matchAll(
    /--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g,
  )) {
    if (!name || !first || !second) continue
    light[name] = first
    dark[name] = second
  }
  return { light, dark }
}

/** Contrast ratio of two colours by WCAG 2.2, 1 to 21. */
export function contrastOf(first: string, second: string): number {
  const [brighter = 0, darker = 0] = [luminanceOf(first), luminanceOf(second)].sort((a, b) => b - a)
  return (brighter + 0.05) / (darker + 0.05)
}

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
