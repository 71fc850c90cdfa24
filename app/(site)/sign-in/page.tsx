import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { returnPath } from '#components/account/return-path.ts'
import { SignInElsewhere } from '#components/account/sign-in-elsewhere.tsx'
import { SignInForm } from '#components/account/sign-in-form.tsx'
import { readSignInProblem, type SignInProblem } from '#components/account/sign-in-problem.ts'
import { Page } from '#components/ui/page.tsx'
import { services } from '#server/accessor.ts'
import { readVisitor } from '../../visitor.ts'

export const metadata: Metadata = { title: 'Sign in' }

/** Stands in the address on the way back from fetching the cookie. */
const cookieCheck = 'CookieCheck'

type Query = Promise<{ callbackUrl?: string | string[]; error?: string | string[] }>

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const { callbackUrl, error } = await searchParams
  const { actor, formToken } = await readVisitor()
  const returnTo = returnPath([callbackUrl ?? (error && (await keptCallbackUrl()))].flat()[0])
  if (actor.kind === 'person') redirect(returnTo)
  // next-auth sets its cookie and leads back here, so that the form can be sent without a script. A browser that
  // comes back without the cookie keeps none, and is not sent again.
  if (formToken === null && error !== cookieCheck) {
    redirect(`/api/auth/signin?${new URLSearchParams({ callbackUrl: returnTo, error: cookieCheck })}`)
  }
  const elsewhere = services().authOptions.providers.find(({ id }) => id === 'oidc')
  return (
    <Page title="Sign in" narrow>
      <SignInForm returnTo={returnTo} formToken={formToken} failed={readProblem(error, formToken)} />
      {elsewhere && <SignInElsewhere name={elsewhere.name} returnTo={returnTo} formToken={formToken} />}
    </Page>
  )
}

function readProblem(error: string | string[] | undefined, formToken: string | null): SignInProblem | null {
  if (formToken === null) return readSignInProblem('NoCookies')
  return error === undefined || error === cookieCheck ? null : readSignInProblem(String(error))
}

/** Where the last plain form meant to lead: next-auth leaves it out of the address after a failure. */
async function keptCallbackUrl(): Promise<string | undefined> {
  const jar = await cookies()
  return (jar.get('__Secure-next-auth.callback-url') ?? jar.get('next-auth.callback-url'))?.value
}
