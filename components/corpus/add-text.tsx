'use client'

import { useState } from 'react'
import type { ImportedDocument } from '#domain/wire/document.ts'
import { AboutFields, type AboutFieldsProps } from './about-fields.tsx'
import { SourceForm } from './source-form.tsx'
import { TextAdded } from './text-added.tsx'
import { sendText, toFieldErrors } from './text-form.ts'
import { useTextSubmission } from './use-text-submission.ts'

const shownFields = ['file', 'content', 'title', 'authors', 'language']

/** Brings a text into the corpus: from a file or pasted, with what is said about it. */
export function AddText({ groups, visibilities }: Omit<AboutFieldsProps, 'errors'>) {
  const [made, setMade] = useState<ImportedDocument | null>(null)
  const text = useTextSubmission(sendText, setMade)
  const errors = toFieldErrors(text.problem?.fields ?? {})

  if (made) return <TextAdded document={made} />

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
