import type { AuditEntry } from '#domain/wire/audit.ts'

/** What happened, as the audit tells it: after the name of who did it, before the name of whom it was done to. */
const words: Readonly<Record<string, string>> = {
  'account.made': 'made an account',
  'account.renamed': 'changed a name',
  'account.disabled': 'disabled an account',
  'account.enabled': 'enabled an account',
  'account.deleted': 'deleted an account',
  'account.exported': 'downloaded their data',
  'administrator.made': 'made an administrator',
  'administrator.unmade': 'took the administration away',
  'email.asked': 'asked for another e-mail address',
  'email.changed': 'changed an e-mail address',
  'password.changed': 'changed a password',
  'password.link-made': 'had a link made for a new password',
  'password.reset': 'chose a new password by a link',
  'identity.linked': 'linked a sign-in elsewhere',
  'session.begun': 'signed in',
  'session.refused': 'gave a wrong password',
  'session.ended': 'signed out',
  'sessions.ended': 'signed out everywhere',
  'token.made': 'made an API token',
  'token.revoked': 'revoked an API token',
  'backup.begun': 'made a backup',
  'audit.exported': 'took the audit as a file',
  'group.made': 'made a group',
  'group.renamed': 'renamed a group',
  'group.archived': 'archived a group',
  'group.restored': 'brought a group back',
  'group.readings-changed': 'changed the reading list',
  'member.added': 'added a member',
  'member.joined': 'joined',
  'member.role-changed': 'changed a role',
  'member.muted': 'muted a member',
  'member.unmuted': 'let a member write again',
  'member.removed': 'removed a member',
  'member.left': 'left',
  'invitation.made': 'made an invitation',
  'invitation.revoked': 'took an invitation back',
  'roster.read': 'brought in a roster',
  'layer.added': 'added a layer',
  'layer.changed': 'changed a layer',
  'layer.revealed': 'revealed a layer',
  'thread.posted': 'posted a thread',
  'thread.changed': 'changed a thread',
  'thread.deleted': 'deleted a thread',
  'reply.posted': 'replied',
  'reply.changed': 'changed a reply',
  'reply.deleted': 'deleted a reply',
  'edition.previewed': 'previewed an edition',
  'edition.published': 'published an edition',
  'edition.rolled-back': 'rolled an edition back',
  'edition.discarded': 'discarded an edition',
  'passage.decided': 'decided where a passage stands',
}

/** What brought a thread before people's eyes, or took it away: the fact that tells, and the words for each. */
const sights: readonly { readonly fact: string; readonly appear: string; readonly vanish: string }[] = [
  { fact: 'from', appear: 'moved a thread here', vanish: 'moved a thread away' },
  { fact: 'restored', appear: 'restored a thread', vanish: 'deleted a thread' },
  { fact: 'hidden', appear: 'showed a hidden thread again', vanish: 'hid a thread' },
]

/** What an entry says was done; a kind that has no words yet, as it is called. */
export function auditWords({ kind, data }: Pick<AuditEntry, 'kind' | 'data'>): string {
  if (kind !== 'appear' && kind !== 'vanish') return words[kind] ?? kind.replace(/[.-]/g, ' ')
  const sight = sights.find(({ fact }) => fact in data)
  return sight?.[kind] ?? (kind === 'appear' ? 'uncovered a thread' : 'covered a thread')
}

/** What else an entry says: neither what its words say already nor what nobody can read. */
export function auditFacts({ data }: Pick<AuditEntry, 'data'>): string[] {
  return Object.entries(data)
    .filter(([name, value]) => !saidOtherwise.has(name) && value !== null && value !== undefined)
    .map(([name, value]) => `${name}: ${String(value)}`)
}

const saidOtherwise: ReadonlySet<string> = new Set(['from', 'to', 'copyOf', 'restored', 'hidden'])

/** What the audit can be narrowed to: the kinds before their dots. */
export const auditSubjects = [
  { value: '', label: 'Everything' },
  { value: 'session', label: 'Sign-ins' },
  { value: 'account', label: 'Accounts' },
  { value: 'administrator', label: 'Administrators' },
  { value: 'password', label: 'Passwords' },
  { value: 'token', label: 'API tokens' },
  { value: 'group', label: 'Groups' },
  { value: 'member', label: 'Members' },
  { value: 'invitation', label: 'Invitations' },
  { value: 'layer', label: 'Layers' },
  { value: 'thread', label: 'Threads' },
  { value: 'reply', label: 'Replies' },
  { value: 'edition', label: 'Editions' },
  { value: 'backup', label: 'Backups' },
] as const
