'use client'

import { useState } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

/** Copies `text`, and says whether that worked. `what` names it: "Copy link". */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    )
  return (
    <>
      <Button onClick={() => void copy()}>
        <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
        {outcome === 'copied' ? 'Copied' : `Copy ${what}`}
      </Button>
      <span role="status">
        {outcome === 'refused' ? 'Your browser did not allow it: copy it by hand.' : ''}
      </span>
    </>
  )
}
