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

/** The line below an editor that says whether what was typed is on disk. */
export function SaveLine({ state }: { readonly state: SaveState }) {
  const { face, words } = saveWords(state)
  return (
    <p className={styles.saveLine} data-face={face} role="status">
      {words}
    </p>
  )
}
