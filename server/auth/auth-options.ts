/**
 * Sign-in through next-auth. Its cookie carries the id of a session and no more: who that is, and whether the
 * session still holds, is looked up at every door.
 */
import type { AuthOptions } from 'next-auth'
import type { CredentialsConfig } from 'next-auth/providers/credentials'
import { sessionMs } from '../db/actors.ts'
import type { ServiceContext } from '../services/context.ts'
import type { AccountService } from '../services/contracts/accounts.ts'
import type { IdentityService } from '../services/contracts/identities.ts'
import { currentAddress, tellToWait } from '../telemetry/request-context.ts'
import { oidcProviderId, toAuthProvider, toForeignIdentity } from './oidc.ts'
import { createSignInLimit } from './sign-in-limit.ts'

/**
 * What a sign-in reports when there were too many wrong tries, before a dot and after how many seconds to come back;
 * what is wrong in them is always `CredentialsSignin`.
 */
export const tooManyTries = 'TooManyTries'
/** What it reports when the server fails at it. */
export const notNow = 'NotNow'

interface SignIn {
  readonly email: string
  readonly password: string
  readonly address: string
  readonly userAgent: string | null
}

/** What next-auth carries into its cookie. */
interface SignedIn {
  readonly id: string
  readonly sid: string
}

const sessionSeconds = sessionMs / 1_000

/** Options of next-auth for this server: its secret, its accounts, its cookie. */
export function createAuthOptions(
  {
    secret,
    publicUrl,
    log,
    oidc,
    limiters,
  }: Pick<ServiceContext, 'secret' | 'publicUrl' | 'log' | 'oidc' | 'limiters'>,
  accounts: AccountService,
  identities: IdentityService,
): AuthOptions {
  const limit = createSignInLimit(limiters)

  async function signIn({ email, password, address, userAgent }: SignIn): Promise<SignedIn | null> {
    const retryAfter = await limit.countTry(email, address)
    if (retryAfter !== null) {
      tellToWait(retryAfter)
      throw new Error(`${tooManyTries}.${retryAfter}`)
    }
    try {
      const found = await accounts.verifyPassword(email, password)
      if (!found) return null
      await limit.forgive(email, address)
      const { sessionId } = await accounts.startSession(found.userId, userAgent)
      return { id: found.userId, sid: sessionId }
    } catch (error) {
      // next-auth shows the text of what is thrown here to whoever tries.
      log.error({ err: error }, 'sign-in failed')
      throw new Error(notNow)
    }
  }

  return {
    secret,
    // Its own says what it was working on, tokens included.
    logger: {
      error: (code) => log.error({ code }, 'sign-in failed'),
      warn: () => {},
      debug: () => {},
    },
    session: { strategy: 'jwt', maxAge: sessionSeconds },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    // Asked with each request, since the address is known only once the server listens.
    get useSecureCookies() {
      return publicUrl().startsWith('https:')
    },
    providers: [
      // Written out: the package's function that fills these in is a CommonJS default that loaders disagree on.
      {
        id: 'credentials',
        type: 'credentials',
        name: 'E-mail and password',
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: (credentials, { headers }) =>
          signIn({
            email: String(credentials?.email ?? '')
              .trim()
              .toLowerCase(),
            password: String(credentials?.password ?? ''),
            address: currentAddress() ?? 'unknown',
            userAgent: readHeader(headers, 'user-agent'),
          }),
      } satisfies CredentialsConfig,
      ...(oidc ? [toAuthProvider(oidc)] : []),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== oidcProviderId || !oidc) return true
        const entrance = await identities.enter(toForeignIdentity(oidc.issuer, profile))
        // next-auth leads back to the sign-in page with what is thrown here.
        if (entrance.kind === 'refused') throw new Error(entrance.why)
        const { sessionId } = await accounts.startSession(entrance.userId, null)
        Object.assign(user, { id: entrance.userId, sid: sessionId } satisfies SignedIn)
        return true
      },
      jwt({ token, user }) {
        const sid = user && 'sid' in user ? user.sid : token.sid
        return { sub: token.sub, sid }
      },
      session({ session }) {
        return { expires: session.expires }
      },
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === 'string') await accounts.endSession(token.sid)
      },
    },
  }
}

function readHeader(headers: unknown, name: string): string | null {
  if (typeof headers !== 'object' || headers === null) return null
  const value: unknown = Reflect.get(headers, name)
  return typeof value === 'string' ? value : null
}
