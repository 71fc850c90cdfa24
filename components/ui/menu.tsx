'use client'

import * as RadixMenu from 'radix-ui/dropdown-menu'
import type { ReactNode } from 'react'
import styles from './menu.module.css'

/** One thing a menu offers. */
export interface MenuItem {
  readonly label: string
  readonly onSelect: () => void
  readonly danger?: boolean
  readonly disabled?: boolean
}

export interface MenuProps {
  /** The button that opens it: one element that takes a ref, such as Button. */
  readonly trigger: ReactNode
  readonly items: readonly MenuItem[]
  readonly align?: 'start' | 'end'
}

/** A short list of things to do with something. */
export function Menu({ trigger, items, align = 'end' }: MenuProps) {
  return (
    <RadixMenu.Root modal={false}>
      <RadixMenu.Trigger asChild>{trigger}</RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content className={styles.menu} align={align} sideOffset={4} collisionPadding={8}>
          {items.map((item) => (
            <RadixMenu.Item
              key={item.label}
              className={styles.item}
              data-danger={item.danger || undefined}
              disabled={item.disabled ?? false}
              onSelect={item.onSelect}
            >
              {item.label}
            </RadixMenu.Item>
          ))}
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  )
}
