/** Sign-in at an OpenID provider that the settings name. */
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { z } from 'zod'
import type { ForeignIdentity } from '../services/contracts/identities.ts'

/** How this server is known to a provider. */
export interface OidcSettings {
  /** Where the provider says what it can: `<issuer>/.well-known/openid-configuration`. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What people call the provider, on the button that leads to it. */
  readonly name: string
  /** Whether somebody whom the provider knows and this server does not gets an account. */
  readonly makesAccounts: boolean
}

/** Stands in the addresses of next-auth: the provider is told to lead back to `/api/auth/callback/oidc`. */
export const oidcProviderId = 'oidc'

const claims = z.looseObject({
  sub: z.string().min(1).max(255),
  email: z.string().optional().catch(undefined),
  // Some providers write it as a word.
  email_verified: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')])
    .catch(false),
  name: z.string().optional().catch(undefined),
})

type Claims = z.infer<typeof claims>

/** The provider as next-auth takes it: authorization code flow, bound to the browser by state, nonce and PKCE. */
export function toAuthProvider({ issuer, clientId, clientSecret, name }: OidcSettings): OAuthConfig<Claims> {
  return {
    id: oidcProviderId,
    name,
    type: 'oauth',
    wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid email profile' } },
    clientId,
    clientSecret,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    userinfo: {
      // Providers differ in where they say the address: in the token, which is signed, or only when asked for it.
      request: async ({ client, tokens }) => {
        if (!tokens.access_token) throw new Error('the provider gave no access token')
        return claims.parse({ ...(await client.userinfo(tokens.access_token)), ...readIdToken(tokens) })
      },
    },
    profile: ({ sub }) => ({ id: sub }),
  }
}

/** Who the provider says it is. */
export function toForeignIdentity(issuer: string, profile: unknown): ForeignIdentity {
  const { sub, email, email_verified: isVerified, name } = claims.parse(profile)
  return { issuer, subject: sub, verifiedEmail: isVerified && email ? email : null, name: name ?? null }
}

/** The claims of the ID token, which `openid-client` has verified by then. */
function readIdToken(tokens: object): object {
  const read: unknown = Reflect.get(tokens, 'claims')
  const found: unknown = typeof read === 'function' ? read.call(tokens) : null
  return typeof found === 'object' && found !== null ? found : {}
}
