/** An address in a file of the archive as a path from the archive's root, with its fragment; null when it leads out. */
export function resolveInArchive(base: string, href: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:|^\//i.test(href)) return null
  const [file = '', fragment] = href.split('#', 2)
  const parts = file === '' ? base.split('/') : base.split('/').slice(0, -1)
  for (const part of decode(file).split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null
    } else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/') + (fragment === undefined ? '' : `#${decode(fragment)}`)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
