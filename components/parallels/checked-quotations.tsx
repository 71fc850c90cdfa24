import { useEffect, useState } from 'react'
import { checkQuotations } from '#components/client/parallel-api.ts'
import { readAddress } from '#components/reader/read-address.ts'
import { differenceWords, isTelling } from '#domain/parallels/difference-words.ts'
import type { CheckedQuotation } from '#domain/wire/parallel.ts'
import styles from './checked-quotations.module.css'

/** Under a note that quotes: where each quotation stands, and what it says otherwise than its source. */
export function CheckedQuotations({ threadId, text }: { readonly threadId: string; readonly text: string }) {
  const [checked, setChecked] = useState<readonly CheckedQuotation[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is another question
  useEffect(() => {
    let isWanted = true
    // The note says what it says, whether or not its quotations could be looked up.
    checkQuotations(threadId).then(
      (items) => isWanted && setChecked(items),
      () => {},
    )
    return () => {
      isWanted = false
    }
  }, [threadId, text])
  const found = checked.filter(({ source }) => source !== null)
  if (found.length === 0) return null
  return (
    <ul className={styles.quotations} aria-label="Quotations and their sources">
      {found.map((quotation) => (
        <li key={quotation.start}>
          <Source quotation={quotation} />
        </li>
      ))}
    </ul>
  )
}

function Source({ quotation: { quoted, source, differences } }: { readonly quotation: CheckedQuotation }) {
  if (!source) return null
  const { document: work, start, end } = source
  const opening = quoted.length > 40 ? `${quoted.slice(0, 40).trimEnd()}…` : quoted
  return (
    <>
      “{opening}”: {differences.length === 0 ? 'as in' : 'not quite as in'}{' '}
      <a href={readAddress(work.slug, { range: { start, end } })}>{work.title}</a>
      {differences.map(({ kind, here, there }) => (
        <span
          key={`${here.start} ${there.start}`}
          className={styles.difference}
          data-telling={isTelling({ kind }) || undefined}
        >
          {differenceWords[kind]}: {quote(here.words)}, there {quote(there.words)}
        </span>
      ))}
    </>
  )
}

const quote = (words: string) => (words === '' ? 'nothing' : `“${words}”`)
