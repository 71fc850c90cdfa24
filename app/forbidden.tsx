import type { Metadata } from 'next'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Page } from '#components/ui/page.tsx'
import { PageHeader } from './page-header.tsx'

export const metadata: Metadata = { title: 'Not for you' }

/** What one may know of but not do. */
export default function Forbidden() {
  return (
    <>
      <PageHeader />
      <Page title="You may not do this" narrow>
        <Notice face="refused" actions={<ButtonLink href="/">To the corpus</ButtonLink>}>
          Your account does not allow it. If you think it should, ask the person who runs this server or your
          group.
        </Notice>
      </Page>
    </>
  )
}
