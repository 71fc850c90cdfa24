import { SiteHeader } from '#components/ui/site-header.tsx'
import { readVisitor } from './visitor.ts'

/** The header of a page, for whoever asks for it. */
export async function PageHeader() {
  const { actor, preferences, formToken } = await readVisitor()
  return (
    <SiteHeader
      person={actor.kind === 'person' ? actor : null}
      preferences={preferences}
      signOutToken={formToken}
    />
  )
}
