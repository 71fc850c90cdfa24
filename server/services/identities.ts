/** Letting in people who signed in at an OpenID provider. */
import { newGroup } from '#domain/wire/group.ts'
import { findAccount, findByEmail, updateAccount } from '../db/accounts.ts'
import type { Tx } from '../db/database.ts'
import { retryOnDuplicate } from '../db/duplicates.ts'
import { findIdentity, insertIdentity } from '../db/identities.ts'
import { toAddress } from './accounts.ts'
import { lockOut } from './administer-accounts.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService } from './contracts/access.ts'
import type { Entrance, ForeignIdentity, IdentityService } from './contracts/identities.ts'
import { addAccount } from './new-account.ts'
import { recordAct } from './record-act.ts'

/** Identities over the database of `context`. */
export function createIdentityService(context: ServiceContext, access: AccessService): IdentityService {
  const { database, now, oidc } = context

  async function link(tx: Tx, { issuer, subject }: ForeignIdentity, userId: string): Promise<void> {
    await insertIdentity(tx, { issuer, subject, userId, now: now() })
    await recordAct(context, tx, { kind: 'identity.linked', actorId: userId, data: { issuer } })
  }

  /** What can be told without making an account; null when one would have to be made. */
  async function enterKnown(tx: Tx, identity: ForeignIdentity): Promise<Entrance | null> {
    const linked = await findIdentity(tx, identity)
    if (linked) return linked.disabled ? refused('AccountDisabled') : entered(linked.userId)
    const email = identity.verifiedEmail === null ? null : toAddress(identity.verifiedEmail)
    if (email === null) return refused('AddressNotVerified')
    const holder = await findByEmail(tx, email)
    if (!holder) return null
    const account = await findAccount(tx, holder.id)
    if (!account || account.disabled) return refused('AccountDisabled')
    if (!account.isVerified) {
      await lockOut(tx, account.id, now())
      await updateAccount(tx, account.id, { passwordHash: null, emailVerifiedAt: now() })
    }
    await link(tx, identity, account.id)
    return entered(account.id)
  }

  async function enterNew(identity: ForeignIdentity, email: string): Promise<Entrance> {
    const name = newGroup.shape.name.safeParse(identity.name).data ?? email.slice(0, email.indexOf('@'))
    const account = { email, name, password: null, admin: false, isVerified: true }
    const { id } = await addAccount(context, account, undefined, (tx, made) => link(tx, identity, made.id))
    return entered(id)
  }

  return {
    async enter(identity) {
      const known = await retryOnDuplicate(() => database.transaction((tx) => enterKnown(tx, identity)))
      if (known?.kind === 'entered') access.changed(known.userId)
      if (known) return known
      const email = identity.verifiedEmail === null ? null : toAddress(identity.verifiedEmail)
      return oidc?.makesAccounts && email !== null ? enterNew(identity, email) : refused('NoAccount')
    },
  }
}

const entered = (userId: string): Entrance => ({ kind: 'entered', userId })
const refused = (why: Extract<Entrance, { kind: 'refused' }>['why']): Entrance => ({ kind: 'refused', why })
