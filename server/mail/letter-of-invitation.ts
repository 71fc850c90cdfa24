import type { Role } from '#domain/policy/actor.ts'
import type { Letter } from './send-mail.ts'

/** What an invitation offers. */
interface Invited {
  readonly groupName: string
  /** Who invites; null: whoever runs the server. */
  readonly by: string | null
  readonly role: Role
  readonly url: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** The letter that brings somebody the link into a group. */
export function letterOfInvitation(to: string, { groupName, by, role, url, expiresAt }: Invited): Letter {
  // A name stands in the subject, which is one line.
  const name = groupName.replace(/\s+/g, ' ')
  return {
    to,
    subject: `You are invited to read with ${name}`,
    text: [
      `${by ?? 'Whoever runs this server'} invites you to the group “${name}” as ${articles[role]}.`,
      `Open this link to join; you can make an account there if you have none:\n\n${url}`,
      `It is for you alone, and valid until ${day.format(expiresAt)}. If you do not know what this is about, do nothing.`,
    ].join('\n\n'),
  }
}

const articles: Readonly<Record<Role, string>> = {
  owner: 'an owner',
  instructor: 'an instructor',
  reader: 'a reader',
  observer: 'an observer',
}
