/** What the simple lines of a Markdown file's front matter say; anything more than a word, a line or a list is left. */
export interface FrontMatter {
  readonly title: string | null
  readonly authors: readonly string[]
  readonly language: string | null
  /** Where the text begins, after the front matter; 0 when there is none. */
  readonly end: number
}

const NONE: FrontMatter = { title: null, authors: [], language: null, end: 0 }

/** Reads the `---` block a file may open with. */
export function readFrontMatter(text: string): FrontMatter {
  const found = /^---[ \t]*\n([\s\S]{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text)
  if (!found || !/^[\w-]+[ \t]*:/m.test(found[1] ?? '')) return NONE
  const values = new Map<string, string[]>()
  let key = ''
  for (const line of (found[1] ?? '').split('\n')) {
    const entry = /^([\w-]+)[ \t]*:(.*)$/.exec(line)
    const item = /^[ \t]*-[ \t]+(.*)$/.exec(line)
    if (entry) {
      key = entry[1]?.toLowerCase() ?? ''
      values.set(key, toValues(entry[2] ?? ''))
    } else if (item) values.get(key)?.push(unquote(item[1] ?? ''))
  }
  const get = (...keys: string[]) =>
    keys.flatMap((name) => values.get(name) ?? []).filter((value) => value !== '')
  return {
    title: get('title')[0] ?? null,
    authors: get('author', 'authors'),
    language: get('lang', 'language')[0] ?? null,
    end: found[0].length,
  }
}

function toValues(raw: string): string[] {
  const value = raw.trim()
  if (value.startsWith('[') && value.endsWith(']')) return value.slice(1, -1).split(',').map(unquote)
  return value === '' || /^[>|{&*!]/.test(value) ? [] : [unquote(value)]
}

function unquote(raw: string): string {
  const value = raw.trim()
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value
}
