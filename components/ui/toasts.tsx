'use client'

import * as RadixToast from 'radix-ui/toast'
import { useSyncExternalStore } from 'react'
import { CloseButton } from './close-button.tsx'
import { Icon } from './icon.tsx'
import { dismissToast, readToasts, subscribeToToasts } from './toast-list.ts'
import styles from './toasts.module.css'

/** Where brief news appears and is read out. One on a page; `showToast` fills it. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribeToToasts, readToasts, readToasts)
  return (
    <RadixToast.Provider label="News">
      {toasts.map((toast) => (
        <RadixToast.Root
          key={toast.id}
          className={styles.toast}
          data-face={toast.face}
          // Something that can be undone stays long enough to be read and thought about.
          duration={toast.action ? 10_000 : 5_000}
          type={toast.face === 'failed' ? 'foreground' : 'background'}
          onOpenChange={(open) => open || dismissToast(toast.id)}
        >
          <RadixToast.Description className={styles.words}>
            {toast.face === 'failed' && <Icon name="problem" />} {toast.text}
          </RadixToast.Description>
          {toast.action && (
            <RadixToast.Action
              className={styles.action}
              altText={toast.action.label}
              onClick={toast.action.run}
            >
              {toast.action.label}
            </RadixToast.Action>
          )}
          <RadixToast.Close asChild>
            <CloseButton label="Dismiss" />
          </RadixToast.Close>
        </RadixToast.Root>
      ))}
      <RadixToast.Viewport className={styles.region} />
    </RadixToast.Provider>
  )
}
