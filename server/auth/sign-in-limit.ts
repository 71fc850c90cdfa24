/**
 * How often a password may be tried. Ten wrong tries from one address close an account for that address; a hundred
 * from anywhere close it for everyone, which stops guessing from many addresses and is too many for a person to
 * be locked out by a prank. Both open again after a quarter of an hour.
 */
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { countHere } from '../limiters.ts'

const duration = 900
const triesFromOneAddress = 10
const triesFromAnywhere = 100

/** Counts tries. E-mail addresses are counted whether or not they have an account. */
export interface SignInLimit {
  /** Counts a try before its password is looked at, so that many at once are no way around; false when it is one too many. */
  countTry(email: string, address: string): Promise<boolean>
  /** Takes the try back: the password was right. */
  forgive(email: string, address: string): Promise<void>
}

/** A fresh count. */
export function createSignInLimit(limiters = countHere): SignInLimit {
  const here = limiters({ name: 'sign-in', points: triesFromOneAddress, duration })
  const anywhere = limiters({ name: 'sign-in-anywhere', points: triesFromAnywhere, duration })
  const pair = (email: string, address: string) => `${email} ${address}`

  return {
    async countTry(email, address) {
      // One address that is refused does not go on counting against everyone's.
      return (await takes(here, pair(email, address))) && (await takes(anywhere, email))
    },
    async forgive(email, address) {
      await here.delete(pair(email, address))
      await anywhere.reward(email)
    },
  }
}

function takes(limiter: RateLimiterAbstract, key: string): Promise<boolean> {
  return limiter.consume(key).then(
    () => true,
    (reason: unknown) => {
      if (reason instanceof RateLimiterRes) return false
      throw reason
    },
  )
}
