/** Secrets that are shown once and kept only as hashes: API tokens and links. They are random, so a plain hash is enough. */
import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, in base64url. */
export const newSecret = () => randomBytes(32).toString('base64url')

/** SHA-256 in hex: what is kept of a secret, and looked up by. */
export const hashSecret = (secret: string) => createHash('sha256').update(secret).digest('hex')
