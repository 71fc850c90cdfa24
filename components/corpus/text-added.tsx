'use client'

import { useEffect, useRef } from 'react'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Document } from '#domain/wire/document.ts'
import { readingTime } from './reading-time.ts'

/** A text was brought in. Takes the focus from the form that was here, so that it is read out. */
export function TextAdded({ document }: { document: Document }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  const { title, authors, slug, edition, language } = document
  return (
    <div ref={place} tabIndex={-1}>
      <Notice
        face="done"
        title="It is in the corpus"
        actions={
          <>
            <ButtonLink look="primary" href={`/read/${slug}`}>
              Read it
            </ButtonLink>
            <ButtonLink href="/corpus/add">Add another</ButtonLink>
          </>
        }
      >
        <bdi>{title}</bdi>
        {authors.length > 0 && (
          <>
            , by <bdi>{authors.join(', ')}</bdi>
          </>
        )}
        : {edition.blocks === 1 ? '1 paragraph' : `${edition.blocks} paragraphs`},{' '}
        {readingTime(edition.length, language)}.
      </Notice>
    </div>
  )
}
