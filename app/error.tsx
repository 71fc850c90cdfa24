'use client'

import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Page } from '#components/ui/page.tsx'

/** What broke on the way to a page. The server's log says more than anyone should be told here. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <Page title="Something broke here" narrow>
      <Notice
        face="failed"
        actions={
          <>
            <Button look="primary" onClick={reset}>
              Try again
            </Button>
            <ButtonLink href="/">To the corpus</ButtonLink>
          </>
        }
      >
        The page could not be made. What you have written is kept.
        {error.digest && ` If you report it, say: ${error.digest}.`}
      </Notice>
    </Page>
  )
}
