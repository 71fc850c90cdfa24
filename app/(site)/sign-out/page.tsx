import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignOutForm } from '#components/account/sign-out-form.tsx'
import { Page } from '#components/ui/page.tsx'
import { readVisitor } from '../../visitor.ts'

export const metadata: Metadata = { title: 'Sign out' }

/** For a browser that has lost the form's cookie, as it does when it is closed. */
export default async function SignOutPage() {
  const { actor, formToken } = await readVisitor()
  if (actor.kind !== 'person') redirect('/')
  // Through next-auth, which sets the cookie on its way to the sign-in page, which leads a signed-in person back.
  if (formToken === null) redirect(`/api/auth/signin?callbackUrl=${encodeURIComponent('/sign-out')}`)
  return (
    <Page title="Sign out" lead={`You are signed in as ${actor.name}.`} narrow>
      <SignOutForm userId={actor.userId} formToken={formToken} />
    </Page>
  )
}
