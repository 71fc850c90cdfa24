import { useState } from 'react'
import { isSaved, type SaveState } from '#components/client/save-state.ts'
import styles from './editor.module.css'

/** What the person is told about where their words are. “Saved” means on the server's disk, and nothing less. */
export function saveWords(state: SaveState): {
  readonly face: 'saved' | 'saving' | 'trouble'
  readonly words: string
} {
  if (state.ended)
    return {
      face: 'trouble',
      words: `Not saved: this note was closed (${state.ended.reason || state.ended.code}). Copy your words before you leave.`,
    }
  if (state.refused !== null) return { face: 'trouble', words: `Not saved: ${state.refused}` }
  if (state.connection === 'lost')
    return isSaved(state)
      ? {
          face: 'trouble',
          words: 'Offline. What you write is kept here and sent when the connection returns.',
        }
      : {
          face: 'trouble',
          words: 'Not saved: offline. Your words are kept here and sent when the connection returns.',
        }
  if (state.connection === 'connecting') return { face: 'saving', words: 'Connecting…' }
  return isSaved(state) ? { face: 'saved', words: 'Saved' } : { face: 'saving', words: 'Saving…' }
}

/** What a screen reader was told last, and whether it is still to hear that a trouble is over. */
export interface Told {
  readonly face: ReturnType<typeof saveWords>['face']
  readonly isNews: boolean
  readonly owesEnd: boolean
}

/** Nothing told yet. */
export const nothingTold: Told = { face: 'saved', isNews: false, owesEnd: false }

/** Whether what the line says now is worth interrupting somebody who types: a trouble, and that it is over; not each save. */
export function nextTold(before: Told, face: Told['face']): Told {
  if (face === before.face) return before
  if (face === 'trouble') return { face, isNews: true, owesEnd: true }
  return face === 'saved'
    ? { face, isNews: before.owesEnd, owesEnd: false }
    : { face, isNews: false, owesEnd: before.owesEnd }
}

/** The line below an editor that says whether what was typed is on disk. */
export function SaveLine({ state }: { readonly state: SaveState }) {
  const { face, words } = saveWords(state)
  const [told, setTold] = useState(nothingTold)
  const next = nextTold(told, face)
  if (next !== told) setTold(next)
  return (
    <p className={styles.saveLine} data-face={face} role="status" aria-live={next.isNews ? 'polite' : 'off'}>
      {words}
    </p>
  )
}
