import type { Metadata } from 'next'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Page } from '#components/ui/page.tsx'
import { PageHeader } from './page-header.tsx'

export const metadata: Metadata = { title: 'Not found' }

/** What does not exist, or may not be read: the same page for both. */
export default function NotFound() {
  return (
    <>
      <PageHeader />
      <Page title="Nothing here" narrow>
        <Notice face="empty" actions={<ButtonLink href="/">To the corpus</ButtonLink>}>
          There is nothing at this address that you may read. It may have been withdrawn, or be kept for a
          group.
        </Notice>
      </Page>
    </>
  )
}
