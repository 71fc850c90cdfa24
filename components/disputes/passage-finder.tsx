'use client'

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { ApiError } from '#components/client/api.ts'
import { findWords } from '#components/client/thread-api.ts'
import { fromPassageLink } from '#components/reader/read-address.ts'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { TextRange } from '#domain/text/edition-text.ts'
import type { Document } from '#domain/wire/document.ts'
import type { NewPassage } from '#domain/wire/thread.ts'
import { fetchDocument, fetchText, listDocuments } from './dispute-api.ts'
import { ExactWords } from './exact-words.tsx'
import styles from './passage-finder.module.css'

export interface PassageFinderProps {
  /** The document that is offered first. */
  readonly documentId: string
  /** Hears of the passage that is chosen, and null while none is. */
  readonly onPassage: (passage: NewPassage | null) => void
}

/** Some place in a text, with what is shown of it. */
interface Find extends TextRange {
  readonly before: string
  readonly match: string
  readonly after: string
}

type Finding =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly message: string }
  | {
      readonly kind: 'found'
      readonly document: Document
      readonly finds: readonly Find[]
      readonly total: number
    }

/**
 * Chooses a passage in any text that one may read: its words are looked up, or a link to it is pasted; then exactly
 * the words that are meant are selected in what stands around.
 */
export function PassageFinder({ documentId, onPassage }: PassageFinderProps) {
  const documents = useDocuments()
  const [chosenId, setChosenId] = useState(documentId)
  const [finding, setFinding] = useState<Finding>({ kind: 'idle' })
  const [range, setRange] = useState<TextRange | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const asked = useRef(0)

  const find = async (id: string) => {
    const question = ++asked.current
    const wanted = field.current?.value.trim() ?? ''
    const show = (next: Finding) => {
      if (question !== asked.current) return
      setFinding(next)
      setRange(next.kind === 'found' && next.finds.length === 1 ? (next.finds[0] ?? null) : null)
    }
    onPassage(null)
    if (wanted === '') return show({ kind: 'idle' })
    show({ kind: 'busy' })
    try {
      const link = fromPassageLink(wanted)
      const document = await fetchDocument(link?.slug ?? id)
      if (question === asked.current) setChosenId(document.id)
      show({
        kind: 'found',
        document,
        ...(link ? await follow(document, link) : await look(document, wanted)),
      })
    } catch (error) {
      show({ kind: 'failed', message: error instanceof ApiError ? error.message : String(error) })
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // The field stands in a form, which is not to be sent yet.
    if (event.key !== 'Enter') return
    event.preventDefault()
    void find(chosenId)
  }
  return (
    <div className={styles.finder}>
      <Select
        label="Text"
        value={chosenId}
        onChange={(event) => {
          setChosenId(event.target.value)
          void find(event.target.value)
        }}
        options={documents.map(({ id, title }) => ({ value: id, label: title }))}
      />
      <div className={form.row}>
        <TextField
          ref={field}
          type="search"
          label="Words to look for in it, or a link to a passage of any text"
          onKeyDown={onKeyDown}
        />
        <Button onClick={() => void find(chosenId)}>Find</Button>
      </div>
      <p className={styles.quiet}>“Copy with citation” in the reader gives such a link.</p>
      <Finds finding={finding} range={range} onChoose={setRange} />
      {finding.kind === 'found' && range && (
        <ExactWords
          key={`${finding.document.id} ${range.start}`}
          document={finding.document}
          range={range}
          onRange={({ start, end }) =>
            onPassage(
              start < end
                ? { documentId: finding.document.id, editionId: finding.document.edition.id, start, end }
                : null,
            )
          }
        />
      )}
    </div>
  )
}

interface FindsProps {
  readonly finding: Finding
  readonly range: TextRange | null
  readonly onChoose: (range: TextRange) => void
}

function Finds({ finding, range, onChoose }: FindsProps) {
  const name = useId()
  if (finding.kind === 'idle') return null
  if (finding.kind !== 'found') {
    return (
      <p className={styles.quiet} role="status">
        {finding.kind === 'busy' ? 'Looking…' : finding.message}
      </p>
    )
  }
  const { finds, total } = finding
  if (finds.length === 0) {
    return (
      <p className={styles.quiet} role="status">
        These words do not stand in this text. Fewer words find more.
      </p>
    )
  }
  if (finds.length === 1) return null
  return (
    <fieldset className={styles.finds}>
      <legend role="status">
        {total > finds.length ? `The first ${finds.length} of ${total} places` : `${total} places`}: which
        one?
      </legend>
      {finds.map((each) => (
        <label key={each.start} className={form.check}>
          <input
            type="radio"
            name={name}
            checked={range?.start === each.start}
            onChange={() => onChoose(each)}
          />
          <span className={styles.find} dir="auto">
            {each.before}
            <mark>{each.match}</mark>
            {each.after}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

const shownAtMost = 20

async function look(document: Document, words: string): Promise<{ finds: Find[]; total: number }> {
  const { finds, total } = await findWords(document.id, words, document.edition.number)
  return { finds: finds.slice(0, shownAtMost), total }
}

/** Where a link leads; what it means in an earlier edition is looked up by its words. */
async function follow(document: Document, { edition, range }: { edition: number | null; range: TextRange }) {
  const text = await fetchText(document.id, edition ?? document.edition.number)
  const match = text.slice(range.start, range.end)
  if (edition !== null && edition !== document.edition.number) return look(document, match)
  return match === ''
    ? { finds: [], total: 0 }
    : { finds: [{ ...range, before: '', match, after: '' }], total: 1 }
}

/** The documents to choose from, asked for once. */
function useDocuments(): readonly Document[] {
  const [documents, setDocuments] = useState<readonly Document[]>([])
  useEffect(() => {
    let isCurrent = true
    listDocuments().then(
      (found) => isCurrent && setDocuments(found),
      // A link leads to a text all the same.
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [])
  return documents
}
