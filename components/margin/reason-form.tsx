import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import styles from './note-card.module.css'

export interface ReasonFormProps {
  /** What the reason is asked for by: “Why is it hidden?” */
  readonly asks: ReactNode
  /** Without a reason it is not sent. */
  readonly required?: boolean
  /** What the button says that sends it. */
  readonly send: string
  /** Gets the reason without the space around it. */
  readonly onSend: (reason: string) => Promise<unknown>
  readonly onCancel: () => void
  /** Further buttons, before the one that cancels. */
  readonly children?: ReactNode
}

/** Asks on a card for a reason, and does with it what it was asked for. */
export function ReasonForm({ asks, required, send, onSend, onCancel, children }: ReasonFormProps) {
  const [reason, setReason] = useState('')
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void onSend(reason.trim())
      }}
    >
      <label>
        {asks}
        <input
          ref={(input) => input?.focus({ preventScroll: true })}
          required={required}
          value={reason}
          maxLength={2000}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <div className={styles.actions}>
        <Button type="submit" look="primary">
          {send}
        </Button>
        {children}
        <Button look="plain" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
