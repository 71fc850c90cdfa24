'use client'

import { useEffect, useRef } from 'react'
import { readAddress } from '#components/reader/read-address.ts'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { ImportedCollection } from '#domain/wire/document.ts'

/** The texts of a ZIP were brought in: which, and what was left out. Takes the focus from the form that was here. */
export function TextsAdded({ documents, refused }: ImportedCollection) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  return (
    <div ref={place} tabIndex={-1}>
      <Notice
        face="done"
        title={
          documents.length === 1 ? '1 text is in the corpus' : `${documents.length} texts are in the corpus`
        }
        actions={<ButtonLink href="/corpus/add">Add another</ButtonLink>}
      >
        <ul>
          {documents.map(({ id, slug, title }) => (
            <li key={id}>
              <a href={readAddress(slug)} dir="auto">
                {title}
              </a>
            </li>
          ))}
        </ul>
        {refused.length > 0 && (
          <>
            Left out:
            <ul>
              {refused.map(({ path, reason }) => (
                <li key={path}>
                  <bdi>{path}</bdi>: {reason}
                </li>
              ))}
            </ul>
          </>
        )}
      </Notice>
    </div>
  )
}
