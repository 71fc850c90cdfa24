'use client'

import { useState } from 'react'
import { Button, type ButtonLook } from './button.tsx'
import { Icon } from './icon.tsx'

export interface CopyButtonProps {
  readonly text: string
  /** Names it: “Copy link”. */
  readonly what: string
  readonly look?: ButtonLook
}

/** Copies `text`, and says whether that worked. */
export function CopyButton({ text, what, look = 'quiet' }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    )
  return (
    <>
      <Button look={look} onClick={() => void copy()}>
        <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
        {outcome === 'copied' ? 'Copied' : `Copy ${what}`}
      </Button>
      <span role="status">
        {outcome === 'refused' ? 'Your browser did not allow it: copy it by hand.' : ''}
      </span>
    </>
  )
}
