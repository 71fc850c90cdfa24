'use client'

import { SourceForm } from '#components/corpus/source-form.tsx'
import { sendEditionOf, toFieldErrors } from '#components/corpus/text-form.ts'
import { useTextSubmission } from '#components/corpus/use-text-submission.ts'
import { editionAddress } from './edition-words.ts'

/** Brings in a new edition of a document, and leads to its preview. */
export function NewEdition({ documentId, slug }: { readonly documentId: string; readonly slug: string }) {
  const text = useTextSubmission(sendEditionOf(documentId), ({ edition }) =>
    location.assign(editionAddress(slug, edition.number)),
  )
  const errors = toFieldErrors(text.problem?.fields ?? {})
  return (
    <SourceForm
      label="Bring in a new edition"
      text={text}
      errors={errors}
      shown={['file', 'content']}
      submitWords={{ ready: 'Preview this edition', busy: 'Previewing…' }}
      reading="Reading the text and finding every passage in it"
    />
  )
}
