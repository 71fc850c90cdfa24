/**
 * How often a password may be tried. Ten wrong tries from one address close an account for that address; a hundred
 * from anywhere close it for everyone, which stops guessing from many addresses and is too many for a person to
 * be locked out by a prank; three hundred at all close the address, which stops trying one password on many accounts
 * and lets a class sign in from one room. All open again after a quarter of an hour.
 */
import { countHere, take } from '../limiters.ts'

const duration = 900
const triesFromOneAddress = 10
const triesFromAnywhere = 100
const triesOfAnAddress = 300

/** Counts tries. E-mail addresses are counted whether or not they have an account. */
export interface SignInLimit {
  /**
   * Counts a try before its password is looked at, so that many at once are no way around; after how many seconds to try
   * again when it is one too many, else null.
   */
  countTry(email: string, address: string): Promise<number | null>
  /** Takes the try back: the password was right. */
  forgive(email: string, address: string): Promise<void>
}

/** A fresh count. */
export function createSignInLimit(limiters = countHere): SignInLimit {
  const here = limiters({ name: 'sign-in', points: triesFromOneAddress, duration })
  const anywhere = limiters({ name: 'sign-in-anywhere', points: triesFromAnywhere, duration })
  const anyone = limiters({ name: 'sign-in-anyone', points: triesOfAnAddress, duration })
  const pair = (email: string, address: string) => `${email} ${address}`

  return {
    async countTry(email, address) {
      // One address that is refused does not go on counting against everyone's.
      return (
        (await take(anyone, address)) ??
        (await take(here, pair(email, address))) ??
        (await take(anywhere, email))
      )
    },
    async forgive(email, address) {
      await here.delete(pair(email, address))
      await anywhere.reward(email)
      await anyone.reward(address)
    },
  }
}
