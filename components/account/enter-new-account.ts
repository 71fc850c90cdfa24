import { ApiError } from '#components/client/api.ts'
import { signIn } from './sign-in.ts'

/**
 * Signs in with an account that was just made, and goes to `path`. When that fails the account is there all the
 * same, so the person is led to the sign-in page, which says why, rather than back to the form that made it.
 */
export async function enterNewAccount(
  { email, password }: { readonly email: string; readonly password: string },
  path: string,
): Promise<void> {
  try {
    await signIn(email, password)
    location.assign(path)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    location.assign(`/sign-in?${new URLSearchParams({ callbackUrl: path, error: error.code })}`)
  }
}
