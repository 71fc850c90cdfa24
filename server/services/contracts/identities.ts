/** People as an OpenID provider knows them. */

export interface IdentityService {
  /**
   * The account of whoever signed in at a provider: the one that is linked to this identity; else, if the provider has
   * verified the address, the one that has it, which is linked from now on; else a new one, where the settings say so.
   *
   * An account whose address nobody had verified may have been made by somebody else with it: what let them in, a
   * password, sessions, tokens, is taken away when the true holder of the address comes.
   */
  enter(identity: ForeignIdentity): Promise<Entrance>
}

export interface ForeignIdentity {
  readonly issuer: string
  /** Names the person at the issuer, for good. */
  readonly subject: string
  /** Null when the provider knows none, or has not verified it. */
  readonly verifiedEmail: string | null
  readonly name: string | null
}

export type Entrance =
  | { readonly kind: 'entered'; readonly userId: string }
  | { readonly kind: 'refused'; readonly why: 'AddressNotVerified' | 'NoAccount' | 'AccountDisabled' }
