/**
 * How often a password may be tried. Ten wrong tries from one address close an account for that address; a hundred
 * from anywhere close it for everyone, which stops guessing from many addresses and is too many for a person to
 * be locked out by a prank. Both open again after a quarter of an hour.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

const duration = 900
const triesFromOneAddress = 10
const triesFromAnywhere = 100

/** Counts wrong tries, in this process. E-mail addresses are counted whether or not they have an account. */
export interface SignInLimit {
  mayTry(email: string, address: string): Promise<boolean>
  noteFailure(email: string, address: string): Promise<void>
  noteSuccess(email: string, address: string): Promise<void>
}

/** A fresh count. */
export function createSignInLimit(): SignInLimit {
  const here = new RateLimiterMemory({ points: triesFromOneAddress, duration })
  const anywhere = new RateLimiterMemory({ points: triesFromAnywhere, duration })
  const pair = (email: string, address: string) => `${email} ${address}`

  return {
    async mayTry(email, address) {
      const counts = await Promise.all([here.get(pair(email, address)), anywhere.get(email)])
      const limits = [triesFromOneAddress, triesFromAnywhere]
      return counts.every((count, index) => (count?.consumedPoints ?? 0) < (limits[index] ?? 0))
    },
    async noteFailure(email, address) {
      const counted = [here.consume(pair(email, address)), anywhere.consume(email)]
      await Promise.all(counted.map((count) => count.catch(ignoreFull)))
    },
    async noteSuccess(email, address) {
      await here.delete(pair(email, address))
    },
  }
}

function ignoreFull(reason: unknown): void {
  if (!(reason instanceof RateLimiterRes)) throw reason
}
