/** Links of accounts: to choose a new password, and to confirm an address. */
import { AppError } from '#domain/app-error.ts'
import { refuseUnread } from '#domain/policy/can.ts'
import { emailChange, passwordReset } from '#domain/wire/account.ts'
import {
  type AccountLinkKind,
  findAccountLink,
  insertAccountLink,
  revokeAccountLinks,
  takeAccountLink,
} from '../db/account-links.ts'
import { findAccount, findByEmail, updateAccount } from '../db/accounts.ts'
import { retryOnDuplicate } from '../db/duplicates.ts'
import { countHere, take } from '../limiters.ts'
import {
  addressChangedLetter,
  confirmAddressLetter,
  passwordChangedLetter,
  passwordLetter,
} from '../mail/letters.ts'
import type { Letter } from '../mail/send-mail.ts'
import { toAddress } from './accounts.ts'
import { lockOut, refuseTakenAddress } from './administer-accounts.ts'
import { checkInput } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService } from './contracts/access.ts'
import type { AccountLinkService } from './contracts/account-links.ts'
import { hashNewPassword } from './passwords.ts'
import { provePassword } from './prove-password.ts'
import { actorIdOf, recordAct } from './record-act.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { asOwnAccount, requireAdministrator } from './who-may.ts'

/** More nobody needs, and whoever asks for more bothers somebody else: they are told nothing of it. */
const lettersToAnAddress = { points: 5, duration: 3_600 }
const mailedMs = 3_600_000
/** Longer, since it passes through somebody's hands. */
const handedOnMs = 3 * 86_400_000

/** Links over the database of `context`. */
export function createAccountLinkService(context: ServiceContext, access: AccessService): AccountLinkService {
  const { database, newId, now, publicUrl, sendMail, log, limiters = countHere } = context
  const { db } = database
  const letters = limiters({ name: 'reset-letter', ...lettersToAnAddress })

  /** Makes a link and answers its address; `email` is where it will be mailed to. */
  async function makeLink(
    kind: AccountLinkKind,
    { userId, email, actorId }: { userId: string; email: string | null; actorId: string | null },
  ): Promise<{ url: string; expiresAt: number }> {
    const secret = newSecret()
    const expiresAt = now() + (email === null ? handedOnMs : mailedMs)
    await database.transaction(async (tx) => {
      const link = { id: newId(), kind, hash: hashSecret(secret), userId, email, now: now(), expiresAt }
      await insertAccountLink(tx, link)
      const made = kind === 'password' ? ('password.link-made' as const) : ('email.asked' as const)
      await recordAct(context, tx, { kind: made, actorId, subjectId: userId })
    })
    const path = kind === 'password' ? 'reset' : 'confirm'
    return { url: `${publicUrl()}/${path}/${secret}`, expiresAt }
  }

  /** Mails what nobody waits for. */
  function tell(letter: Letter): void {
    // What fails is in the log already.
    void sendMail?.(letter).catch(() => {})
  }

  async function mailReset(email: string): Promise<void> {
    const person = await findByEmail(db, email)
    const account = person && (await findAccount(db, person.id))
    if (!account || account.disabled) return
    const { url } = await makeLink('password', { userId: account.id, email, actorId: null })
    tell(passwordLetter(email, url))
  }

  return {
    sendsMail: sendMail !== null,

    async askPasswordReset(email) {
      if (!sendMail) throw noMail()
      const address = toAddress(email)
      // Not waited for, so that the time tells nothing about the address.
      if (address !== null && (await take(letters, address)) === null) {
        void mailReset(address).catch((error: unknown) => log.error({ err: error }, 'a reset was not mailed'))
      }
    },

    async makePasswordReset(actor, userId) {
      requireAdministrator(actor, 'make links for others', now())
      const account = await findAccount(db, userId)
      if (!account) throw refuseUnread(actor)
      if (account.disabled) throw new AppError('conflict', 'This account is disabled.')
      const email = sendMail ? account.email : null
      const { url, expiresAt } = await makeLink('password', { userId, email, actorId: actorIdOf(actor) })
      if (sendMail) await sendMail(passwordLetter(account.email, url))
      return { url: sendMail ? null : url, sentTo: email, expiresAt: new Date(expiresAt).toISOString() }
    },

    isPasswordReset: async (secret) =>
      (await findAccountLink(db, hashSecret(secret), 'password', now())) !== null,

    async resetPassword(secret, password) {
      const checked = checkInput(passwordReset, { secret, password })
      const hash = hashSecret(checked.secret)
      if (!(await findAccountLink(db, hash, 'password', now()))) throw notValid()
      const passwordHash = await hashNewPassword(checked.password)
      const account = await database.transaction(async (tx) => {
        const taken = await takeAccountLink(tx, hash, 'password', now())
        const found = taken && (await findAccount(tx, taken.userId))
        if (!found) throw notValid()
        const isProof = taken.email === found.email
        await updateAccount(tx, found.id, { passwordHash, ...(isProof && { emailVerifiedAt: now() }) })
        await lockOut(tx, found.id, now())
        await recordAct(context, tx, { kind: 'password.reset', actorId: null, subjectId: found.id })
        return found
      })
      access.changed(account.id)
      tell(passwordChangedLetter(account.email, publicUrl()))
      return { email: account.email }
    },

    async askEmailChange(actor, wanted) {
      const { userId } = asOwnAccount(actor, now())
      const { email, password } = checkInput(emailChange, wanted)
      if (!sendMail) throw noMail()
      await provePassword(context, userId, password)
      await refuseTakenAddress(db, userId, email)
      const { url } = await makeLink('email', { userId, email, actorId: userId })
      await sendMail(confirmAddressLetter(email, url))
      return { sentTo: email }
    },

    async confirmEmail(secret) {
      const { userId, before, email } = await retryOnDuplicate(() =>
        database.transaction(async (tx) => {
          const taken = await takeAccountLink(tx, hashSecret(secret), 'email', now())
          const found = taken && (await findAccount(tx, taken.userId))
          if (!found || taken.email === null) throw notValid()
          await refuseTakenAddress(tx, found.id, taken.email)
          await updateAccount(tx, found.id, { email: taken.email, emailVerifiedAt: now() })
          // What was mailed to the old address opens nothing any more.
          await revokeAccountLinks(tx, found.id, now())
          await recordAct(context, tx, { kind: 'email.changed', actorId: found.id })
          return { userId: found.id, before: found.email, email: taken.email }
        }),
      )
      access.changed(userId)
      if (before !== email) tell(addressChangedLetter(before, publicUrl()))
      return { email }
    },
  }
}

const noMail = () =>
  new AppError('unavailable', 'This server sends no mail. Ask whoever runs it: they can make you a link.')

const notValid = () => new AppError('not-found', 'This link is not valid, or not any more.')
