import { Button } from '#components/ui/button.tsx'
import { PageSection } from '#components/ui/page.tsx'

export interface SignInElsewhereProps {
  /** What the other place is called. */
  readonly name: string
  /** A path of this server. */
  readonly returnTo: string
  readonly formToken: string | null
}

/** The way to sign in at another place that vouches for the person: a plain form, which needs no script. */
export function SignInElsewhere({ name, returnTo, formToken }: SignInElsewhereProps) {
  return (
    <PageSection title="Or elsewhere">
      <form method="post" action="/api/auth/signin/oidc">
        <input type="hidden" name="csrfToken" value={formToken ?? ''} />
        <input type="hidden" name="callbackUrl" value={returnTo} />
        <Button type="submit">Sign in with {name}</Button>
      </form>
    </PageSection>
  )
}
