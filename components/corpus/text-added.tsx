'use client'

import { useEffect, useRef } from 'react'
import { readAddress } from '#components/reader/read-address.ts'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { describeRepairs } from '#domain/text/describe-repairs.ts'
import type { ImportedDocument } from '#domain/wire/document.ts'
import { readingTime } from './reading-time.ts'

/** A text was brought in. Takes the focus from the form that was here, so that it is read out. */
export function TextAdded({ document }: { document: ImportedDocument }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  const { title, authors, slug, edition, language, notices } = document
  const repairs = describeRepairs(document.repairs)
  return (
    <div ref={place} tabIndex={-1}>
      <Notice
        face="done"
        title="It is in the corpus"
        actions={
          <>
            <ButtonLink look="primary" href={readAddress(slug)}>
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
        {readingTime(edition.length, language)}.{repairs && ` Repaired: ${repairs}.`}
        {notices.length > 0 && (
          <ul>
            {notices.map((notice) => (
              <li key={notice}>{notice}</li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  )
}
