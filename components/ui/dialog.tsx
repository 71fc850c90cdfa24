'use client'

import * as RadixDialog from 'radix-ui/dialog'
import { type ReactNode, useRef } from 'react'
import { CloseButton } from './close-button.tsx'
import styles from './dialog.module.css'
import { type FocusPlace, focusPlace, placeOf } from './focus-place.ts'

export interface DialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  /** A sentence under the title, read out with it. */
  readonly description?: string
  readonly children?: ReactNode
  /** Buttons, the most expected last. */
  readonly actions?: ReactNode
}

/** A question that must be answered before anything else. Keeps the focus inside and gives it back. */
export function Dialog({ open, onOpenChange, title, description, children, actions }: DialogProps) {
  const opener = useRef<FocusPlace>([])
  const rememberOpener = () => {
    opener.current = placeOf(document.activeElement)
  }
  // Radix gives the focus back to a trigger of its own only, and here the dialog is opened from anywhere.
  const giveFocusBack = (event: Event) => {
    event.preventDefault()
    focusPlace(opener.current)
  }
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={styles.backdrop} />
        <RadixDialog.Content
          className={styles.dialog}
          onOpenAutoFocus={rememberOpener}
          onCloseAutoFocus={giveFocusBack}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <RadixDialog.Title className={styles.title}>{title}</RadixDialog.Title>
          {description && (
            <RadixDialog.Description className={styles.description}>{description}</RadixDialog.Description>
          )}
          {children}
          {actions && <div className={styles.actions}>{actions}</div>}
          <RadixDialog.Close asChild>
            <CloseButton inCorner />
          </RadixDialog.Close>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  )
}
