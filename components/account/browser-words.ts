/** Signs of browsers and systems, the telling ones first: each pretends to be some of those after it. */
const browsers = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'a Mac'],
  ['Linux', 'Linux'],
] as const

/** A browser as its person would call it, from what it says of itself. */
export function browserWords(userAgent: string | null): string {
  const find = (signs: readonly (readonly [sign: string, name: string])[]) =>
    signs.find(([sign]) => userAgent?.includes(sign))?.[1]
  const [browser, system] = [find(browsers), find(systems)]
  if (!browser) return 'A browser'
  return system ? `${browser} on ${system}` : browser
}
