/** Passwords, kept as argon2id. */
import { hash, verify } from '@node-rs/argon2'
import { isCommonPassword } from '../auth/common-passwords.ts'
import { unprocessable } from './check-input.ts'

/** 19 MiB and two passes, as OWASP advises for argon2id: about 30 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const longest = 200

/** What is kept of a password that was just chosen. Throws `unprocessable` for one that everyone would try. */
export async function hashNewPassword(password: string): Promise<string> {
  if (await isCommonPassword(password)) {
    throw unprocessable([{ path: 'password', message: 'is among the first that anyone would try' }])
  }
  return hashPassword(password)
}

const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost)

let nobodys: Promise<string> | undefined

/**
 * Whether `password` is the one behind `passwordHash`. Without a hash, because there is no such account, it works
 * as long before it says no, so that the time tells nothing.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword('nobody’s password')
  const isRight = await verify(
    passwordHash ?? (await nobodys),
    password.slice(0, longest * 4).normalize('NFKC'),
  )
  return isRight && passwordHash !== null
}
