import { type RefObject, useState } from 'react'
import { CloseButton } from '#components/ui/close-button.tsx'
import styles from './key-help.module.css'
import { areKeysOn, switchKeys } from './single-keys.ts'
import { keyHelp } from './use-reader-keys.ts'

/** The list of keys, and the switch for those who do not want single letters to do anything. */
export function KeyHelp({ dialog }: { readonly dialog: RefObject<HTMLDialogElement | null> }) {
  const [isOn, setOn] = useState(true)
  return (
    <dialog
      ref={dialog}
      id="reader-keys"
      className={styles.help}
      aria-labelledby="reader-keys-title"
      onToggle={() => setOn(areKeysOn())}
    >
      <div className={styles.head}>
        <h2 id="reader-keys-title">Keys</h2>
        <CloseButton onClick={() => dialog.current?.close()} />
      </div>
      <dl>
        {keyHelp.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => {
            setOn(event.target.checked)
            switchKeys(event.target.checked)
          }}
        />
        Single letters are keys
      </label>
    </dialog>
  )
}
