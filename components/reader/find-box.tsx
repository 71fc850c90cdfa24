import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ApiError } from '#components/client/api.ts'
import { type FoundWords, findWords } from '#components/client/thread-api.ts'
import { Icon } from '#components/ui/icon.tsx'
import styles from './find-box.module.css'
import { scrollToRange } from './go-to.ts'
import { canPaintHighlights, createHighlightPainter, type HighlightPainter } from './paint-highlights.ts'
import { readAddress } from './read-address.ts'
import { useReader } from './reader-context.ts'
import { olderEdition } from './reader-data.ts'

type Finding =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  | {
      readonly kind: 'found'
      readonly words: string
      readonly total: number
      readonly finds: readonly FoundWords[]
    }
  | { readonly kind: 'failed'; readonly message: string }

/** Finds words in the whole document, other sections included; a click goes there. */
export function FindBox() {
  const { data, getBlocks } = useReader()
  const [finding, setFinding] = useState<Finding>({ kind: 'idle' })
  const painter = useRef<HighlightPainter | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const { slug, id } = data.document
  const edition = olderEdition(data.document)

  const find = async (event: FormEvent) => {
    event.preventDefault()
    const words = field.current?.value.trim() ?? ''
    if (words === '') return setFinding({ kind: 'idle' })
    setFinding({ kind: 'busy' })
    try {
      setFinding({ kind: 'found', words, ...(await findWords(id, words, edition)) })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFinding({ kind: 'failed', message: error.message })
    }
  }
  useEffect(() => {
    if (!canPaintHighlights()) return
    painter.current ??= createHighlightPainter(getBlocks())
    const finds = finding.kind === 'found' ? finding.finds : []
    painter.current.paint(finds.map((range) => ({ id: `found ${range.start}`, name: 'postil-found', range })))
  }, [finding, getBlocks])
  useEffect(() => {
    const panel = document.getElementById('reader-find')
    const focus = () => field.current?.focus()
    panel?.addEventListener('toggle', focus)
    return () => panel?.removeEventListener('toggle', focus)
  }, [])

  const goTo = (found: FoundWords) => {
    document.getElementById('reader-find')?.hidePopover()
    if (found.section !== data.section.number || !scrollToRange(getBlocks(), found, true))
      location.assign(readAddress(slug, { edition, range: found }))
  }
  return (
    <search className={styles.find}>
      <form action={readAddress(slug)} className={styles.form} onSubmit={(event) => void find(event)}>
        <label className={styles.field}>
          <Icon name="search" />
          <input
            ref={field}
            type="search"
            name="find"
            placeholder="Find in the whole text"
            aria-label="Find in the whole text"
          />
        </label>
        {edition !== null && <input type="hidden" name="edition" value={edition} />}
      </form>
      <div role="status" className={styles.status}>
        {finding.kind === 'busy' && 'Looking…'}
        {finding.kind === 'failed' && finding.message}
        {finding.kind === 'found' && countFinds(finding)}
      </div>
      {finding.kind === 'found' && finding.finds.length > 0 && (
        <ol className={styles.finds}>
          {finding.finds.map((found) => (
            <li key={found.start}>
              <button type="button" onClick={() => goTo(found)}>
                <span className={styles.place}>
                  {found.paragraph === null ? '–' : `¶ ${found.paragraph}`}
                </span>
                <span dir="auto">
                  {found.before}
                  <mark>{found.match}</mark>
                  {found.after}
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </search>
  )
}

function countFinds({ total, finds }: { total: number; finds: readonly FoundWords[] }): string {
  if (total === 0) return 'These words stand nowhere in the text.'
  const places = total === 1 ? '1 place' : `${total} places`
  return finds.length < total ? `${places}, the first ${finds.length} shown` : places
}
