'use client'

import { useState } from 'react'
import type { ImportedCollection } from '#domain/wire/document.ts'
import { AboutFields, type AboutFieldsProps } from './about-fields.tsx'
import { SourceForm } from './source-form.tsx'
import { TextAdded } from './text-added.tsx'
import { sendText, toFieldErrors } from './text-form.ts'
import { TextsAdded } from './texts-added.tsx'
import { useTextSubmission } from './use-text-submission.ts'

const shownFields = ['file', 'content', 'title', 'authors', 'language']

/** Brings a text into the corpus: from a file or pasted, with what is said about it. */
export function AddText({ groups, visibilities }: Omit<AboutFieldsProps, 'errors'>) {
  const [made, setMade] = useState<ImportedCollection | null>(null)
  const text = useTextSubmission(sendText, setMade)
  const errors = toFieldErrors(text.problem?.fields ?? {})

  const [only] = made?.documents ?? []
  if (made && only && made.documents.length === 1 && made.refused.length === 0)
    return <TextAdded document={only} />
  if (made) return <TextsAdded {...made} />

  return (
    <SourceForm
      label="Add a text"
      text={text}
      errors={errors}
      shown={shownFields}
      submitWords={{ ready: 'Add this text', busy: 'Adding…' }}
      reading="Reading the text"
    >
      <AboutFields groups={groups} visibilities={visibilities} errors={errors} />
    </SourceForm>
  )
}
