'use client'

import * as RadixPopover from 'radix-ui/popover'
import type { ReactNode } from 'react'
import styles from './popover.module.css'

export interface PopoverProps {
  /** The button that opens it: one element that takes a ref, such as Button. */
  readonly trigger: ReactNode
  /** What it holds, for those who hear the page. */
  readonly label: string
  readonly children: ReactNode
  readonly align?: 'start' | 'center' | 'end'
}

/** A small panel beside the button that opens it. */
export function Popover({ trigger, label, children, align = 'start' }: PopoverProps) {
  return (
    <RadixPopover.Root>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          className={styles.popover}
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  )
}
