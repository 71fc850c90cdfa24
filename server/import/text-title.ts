import { toAuthors, toLanguage, toTitle } from './describe-source.ts'
import type { DraftBlock } from './plain-text.ts'

const BYLINE = /^(?:written\s+)?(?:by|von|par|por)\s+["“]?\p{Lu}/iu
const FIELD = /^(title|author|authors|language)\s*:\s*(\S.*)$/i
const LANGUAGES: Readonly<Record<string, string>> = {
  english: 'en', german: 'de', french: 'fr', spanish: 'es', italian: 'it', dutch: 'nl', portuguese: 'pt', russian: 'ru',
  latin: 'la', greek: 'el', finnish: 'fi', swedish: 'sv', danish: 'da', norwegian: 'no', polish: 'pl', hebrew: 'he',
} // biome-ignore format: one table
const LONGEST_TITLE = 120
/** How many blocks from the top may still say what the text is. */
const TOP = 12
const TITLE_RANK = 0

interface TextDescription {
  readonly title: string | null
  readonly authors: string[]
  readonly language: string | null
  /** The blocks, with the title as their highest heading. */
  readonly drafts: readonly DraftBlock[]
}

/** What the top of a plain text says about it: a title above `by …`, lines such as `Title: …`, or its first heading. */
export function describeText(drafts: readonly DraftBlock[]): TextDescription {
  const fields = readFields(drafts)
  const byline = findByline(drafts)
  const titleBlock = byline ? byline.title : drafts[0]?.form.kind === 'heading' ? 0 : null
  const titleLine =
    titleBlock === null
      ? null
      : (drafts[titleBlock]?.lines.slice(0, byline?.titleLines ?? 1).join(' ') ?? null)
  const language = fields.get('language') ?? null
  return {
    title: toTitle(fields.get('title') ?? titleLine),
    authors: toAuthors(fields.get('author') ?? fields.get('authors') ?? byline?.authors ?? ''),
    language: toLanguage(LANGUAGES[language?.toLowerCase() ?? ''] ?? language),
    drafts: byline ? withTitle(drafts, byline) : drafts,
  }
}

function readFields(drafts: readonly DraftBlock[]): Map<string, string> {
  const fields = new Map<string, string>()
  for (const { lines } of drafts.slice(0, TOP))
    for (const line of lines) {
      const field = FIELD.exec(line.trim())
      const name = field?.[1]?.toLowerCase()
      if (name && field?.[2] && !fields.has(name)) fields.set(name, field[2])
    }
  return fields
}

interface Byline {
  readonly title: number
  readonly titleLines: number
  readonly authors: string
}

/** A short block at the top, and `by` with a name after it: in its last line, in the next block, or alone before the name. */
function findByline(drafts: readonly DraftBlock[]): Byline | null {
  for (const [index, draft] of drafts.slice(0, TOP).entries()) {
    const [first = '', second = ''] = draft.lines
    if (draft.lines.length >= 2 && draft.lines.length <= 4) {
      const last = draft.lines.at(-1)?.trim() ?? ''
      if (BYLINE.test(last) && isTitle(draft.lines.slice(0, -1).join(' ')))
        return { title: index, titleLines: draft.lines.length - 1, authors: last }
    }
    const previous = drafts[index - 1]
    if (!previous || !isTitle(previous.lines.join(' '))) continue
    const titleLines = previous.lines.length
    if (
      draft.lines.length === 1 &&
      first.length <= LONGEST_TITLE &&
      BYLINE.test(first) &&
      !/[.!?]$/.test(first)
    )
      return { title: index - 1, titleLines, authors: first }
    const isAlone = /^by$/i.test(first.trim())
    const name = isAlone ? second || drafts[index + 1]?.lines[0] : undefined
    if (name && name.length <= LONGEST_TITLE) return { title: index - 1, titleLines, authors: name }
  }
  return null
}

function isTitle(line: string): boolean {
  return (
    line.length <= LONGEST_TITLE && !/[,;:]$/.test(line) && !/\p{Ll}\.$/u.test(line) && /\p{L}/u.test(line)
  )
}

function withTitle(drafts: readonly DraftBlock[], { title, titleLines }: Byline): DraftBlock[] {
  return drafts.flatMap((draft, index): DraftBlock[] => {
    if (index !== title) return [draft]
    const heading: DraftBlock = {
      ...draft,
      form: { kind: 'heading', rank: TITLE_RANK, by: 'marked' },
      lines: draft.lines.slice(0, titleLines).map((line) => line.trim()),
    }
    const rest = draft.lines.slice(titleLines).map((line) => line.trim())
    return rest.length === 0 ? [heading] : [heading, { ...draft, form: { kind: 'paragraph' }, lines: rest }]
  })
}
