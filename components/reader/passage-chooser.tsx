import { useEffect, useRef } from 'react'
import { useStore } from '#components/client/value-store.ts'
import { kindWords } from '#components/margin/kind-words.ts'
import styles from './passage-chooser.module.css'
import { useReader, useThreads } from './reader-context.ts'

/** The threads that stand on the same words, to choose from. */
export function PassageChooser() {
  const { view, actions } = useReader()
  const { shown } = useThreads()
  const choice = useStore(view, (state) => state.choice)
  const list = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    if (!choice) return
    list.current?.querySelector('button')?.focus({ preventScroll: true })
    const dismiss = (event: PointerEvent) => {
      if (!(event.target instanceof Node && list.current?.contains(event.target))) view.set({ choice: null })
    }
    document.addEventListener('pointerdown', dismiss)
    return () => document.removeEventListener('pointerdown', dismiss)
  }, [choice, view])
  if (!choice) return null
  const offered = shown.filter(({ thread }) => choice.threadIds.includes(thread.id))
  return (
    <fieldset
      ref={list}
      className={styles.chooser}
      style={{ left: `clamp(0.5rem, ${choice.left}px, calc(100vw - 18.5rem))`, top: choice.top }}
      aria-label={`${offered.length} on these words`}
    >
      {offered.map((placed) => (
        <button key={placed.thread.id} type="button" onClick={() => actions.open(placed, { focuses: true })}>
          <span className={styles.who}>
            {placed.thread.author.name} <i>{kindWords[placed.thread.kind].one}</i>
          </span>
          <span className={styles.words}>{placed.thread.note?.text || '—'}</span>
        </button>
      ))}
    </fieldset>
  )
}
