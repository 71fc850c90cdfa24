/** People for tests and the sample data. */
import { randomUUID } from 'node:crypto'
import type { Person } from '#domain/policy/actor.ts'
import type { Services } from '#server/services/services.ts'

/** What may be said of a person; the rest is made up. Without a password they cannot sign in by one. */
export interface PersonOptions {
  readonly name?: string
  readonly email?: string
  readonly password?: string
  readonly admin?: boolean
}

type AccountServices = Pick<Services, 'access' | 'accounts'>

/** A person with an account, in no group. */
export async function aPerson(
  services: AccountServices,
  { name = 'Anna', email = `${randomUUID()}@example.org`, password, admin = false }: PersonOptions = {},
): Promise<Person> {
  const account = { name, email, password: password ?? null, admin }
  const { id } = await services.accounts.create('server', account)
  return asNow(services, { userId: id })
}

/** The same person with the groups they belong to by now. */
export async function asNow(services: AccountServices, { userId }: Pick<Person, 'userId'>): Promise<Person> {
  const actor = await services.access.actorOf(userId)
  if (actor.kind !== 'person') throw new Error(`there is no account ${userId}`)
  return actor
}

/** An API token of theirs. */
export async function aToken(services: AccountServices, { userId }: Person): Promise<string> {
  const { token } = await services.accounts.createToken('server', { userId, name: 'test' })
  return token
}

/** The id of their private layer. */
export async function privateLayerOf(services: AccountServices, person: Person): Promise<string> {
  const { layers } = await services.accounts.me(person)
  const own = layers.find((layer) => layer.kind === 'private')
  if (!own) throw new Error(`${person.name} has no private layer`)
  return own.id
}
