'use client'

import { useState } from 'react'
import { repeatEdition } from '#components/client/edition-api.ts'
import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx'
import { describeRepairs } from '#domain/text/describe-repairs.ts'
import type { RepairKind } from '#domain/text/repairs.ts'

import type { Document } from '#domain/wire/document.ts'
import type { Edition } from '#domain/wire/edition.ts'
import { editionAddress } from './edition-words.ts'
import styles from './editions.module.css'
import { RepairedPlaces } from './repaired-places.tsx'

export interface EditionRepairsProps {
  readonly document: Document
  readonly edition: Edition
  /** Whether this person may make it again. */
  readonly mayChange: boolean
}

/** What the import of an edition repaired, where, and the way to one without that repair. */
export function EditionRepairs({ document, edition, mayChange }: EditionRepairsProps) {
  const [undone, setUndone] = useState<RepairKind | null>(null)
  const made = edition.repairs.filter(({ on, count }) => on && count > 0)
  if (made.length === 0) return null
  const place = { documentId: document.id, number: edition.number }
  const others = edition.repairs.filter(({ on, kind }) => on && kind !== undone).map(({ kind }) => kind)
  return (
    <>
      <ul className={styles.repairs} aria-label={`Repairs of edition ${edition.number}`}>
        {made.map((repair) => (
          <li key={repair.kind}>
            {repair.kind === 'lines' ? (
              <span>{describeRepairs([repair])}</span>
            ) : (
              <RepairedPlaces edition={place} repair={repair} />
            )}
            {mayChange && (
              <Button look="plain" onClick={() => setUndone(repair.kind)}>
                Make it again without this repair…
                <VisuallyHidden> ({describeRepairs([repair])})</VisuallyHidden>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {undone && (
        <FormDialog
          open
          onOpenChange={(open) => !open && setUndone(null)}
          title={`Make edition ${edition.number} again?`}
          description={`${withoutWords[undone]} A new edition is made from the same original and previewed: you see where every note stands in it, and nobody else sees it before it is published.`}
          send="Make the preview"
          onSend={async () => {
            const { edition: again } = await repeatEdition(place, others)
            location.assign(editionAddress(document.slug, again.number))
          }}
        />
      )}
    </>
  )
}

const withoutWords: Readonly<Record<RepairKind, string>> = {
  lines: 'The lines stay as the original breaks them.',
  words: 'Words that a hyphen parts at a break stay parted.',
  paragraphs: 'Paragraphs that a page break parts stay parted.',
}
