import { SiteHeader } from '#components/ui/site-header.tsx'
import { UnsentAnywhere } from '#components/unsent/unsent-anywhere.tsx'
import { services } from '#server/accessor.ts'
import { readVisitor } from './visitor.ts'

/** The header of a page, for whoever asks for it. */
export async function PageHeader() {
  const { actor, preferences, formToken } = await readVisitor()
  const isPerson = actor.kind === 'person'
  return (
    <>
      <SiteHeader
        person={isPerson ? actor : null}
        preferences={preferences}
        signOutToken={formToken}
        news={isPerson ? await services().disputes.newsCount(actor) : null}
      />
      {isPerson && <UnsentAnywhere accountId={actor.userId} />}
    </>
  )
}
