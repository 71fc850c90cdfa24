'use client'

import { useEffect, useState } from 'react'
import { ApiError } from '#components/client/api.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { Document } from '#domain/wire/document.ts'
import { searchDocuments } from './group-api.ts'
import styles from './groups.module.css'
import type { Reading } from './reading-row.tsx'

export interface PickReadingsProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** What is on the list already. */
  readonly list: readonly Reading[]
  readonly onPick: (reading: Reading) => Promise<void>
  readonly mayAddTexts: boolean
}

/** Puts texts of the corpus on a reading list. Stays open for more. */
export function PickReadings({ open, onOpenChange, ...picking }: PickReadingsProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Put a text on the list"
      description="All members can read what stands on it."
      actions={<Button onClick={() => onOpenChange(false)}>Done</Button>}
    >
      <Picking {...picking} />
    </Dialog>
  )
}

function Picking({ list, onPick, mayAddTexts }: Omit<PickReadingsProps, 'open' | 'onOpenChange'>) {
  const [words, setWords] = useState('')
  const { found, problem } = useDocuments(words)
  return (
    <div className={form.form}>
      <TextField
        label="Search the corpus by title or author"
        type="search"
        maxLength={200}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <FormProblem problem={problem} />
      <ul className={styles.picks} aria-label="Texts">
        {found?.map((document) => (
          <Pick
            key={document.id}
            document={document}
            isOnList={list.some(({ documentId }) => documentId === document.id)}
            onPick={onPick}
          />
        ))}
      </ul>
      <p role="status" className={styles.faint}>
        {found?.length === 0 && 'Nothing with these words among what you may read.'}
      </p>
      {mayAddTexts && <a href="/corpus/add">Add a text to the corpus</a>}
    </div>
  )
}

function Pick({
  document: { id, slug, title, authors },
  isOnList,
  onPick,
}: {
  document: Document
  isOnList: boolean
  onPick: PickReadingsProps['onPick']
}) {
  return (
    <li className={styles.pick}>
      <span>
        <bdi>{title}</bdi>
        {authors.length > 0 && <span className={styles.says}>{authors.join(', ')}</span>}
      </span>
      {/* Stays in place when its text is on the list, so that the focus does. */}
      <Button
        aria-label={isOnList ? `“${title}” is on the list` : `Put “${title}” on the list`}
        aria-disabled={isOnList || undefined}
        onClick={() => isOnList || void onPick({ documentId: id, slug, title })}
      >
        {isOnList ? 'On the list' : 'Add'}
      </Button>
    </li>
  )
}

const typingPauseMs = 200

/** The documents that have these words, asked for once the typing pauses; null before the first answer. */
function useDocuments(words: string) {
  const [found, setFound] = useState<readonly Document[] | null>(null)
  const [problem, setProblem] = useState<ApiError | null>(null)
  useEffect(() => {
    const stopper = new AbortController()
    const ask = async () => {
      try {
        const { items } = await searchDocuments(words.trim(), stopper.signal)
        setFound(items)
        setProblem(null)
      } catch (error) {
        if (error instanceof ApiError) setProblem(error)
      }
    }
    const timer = setTimeout(() => void ask(), words ? typingPauseMs : 0)
    return () => {
      clearTimeout(timer)
      stopper.abort()
    }
  }, [words])
  return { found, problem }
}
