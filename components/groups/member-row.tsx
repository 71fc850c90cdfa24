'use client'

import { useRef, useState } from 'react'
import { Avatar } from '#components/ui/avatar.tsx'
import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Menu, type MenuItem } from '#components/ui/menu.tsx'
import { roles } from '#domain/policy/actor.ts'
import type { Group } from '#domain/wire/group.ts'
import { attempt } from './attempt.ts'
import { dayWords } from './day-words.ts'
import { fetchGroup, removeMember, setMuted, setRole } from './group-api.ts'
import type { GroupPart } from './group-part.ts'
import styles from './groups.module.css'
import { RoleChoice, readRole } from './role-choice.tsx'
import { roleWords } from './role-words.ts'

export interface MemberRowProps extends GroupPart {
  readonly member: Group['members'][number]
  /** The row of whoever looks at it. */
  readonly isSelf: boolean
}

/** One member, with what may be done about their membership. */
export function MemberRow({ member, isSelf, group, rights, onGroup }: MemberRowProps) {
  const [open, setOpen] = useState<'role' | 'remove' | null>(null)
  const more = useRef<HTMLButtonElement>(null)
  const { user, role, joinedAt } = member
  const ask = (what: 'role' | 'remove') => {
    // The dialog gives the focus back to what held it, and the menu's entry is gone by then.
    more.current?.focus()
    setOpen(what)
  }
  const items: MenuItem[] = []
  if (rights.maySetRoles) items.push({ label: 'Change role…', onSelect: () => ask('role') })
  if (rights.mayRemove(member)) {
    const label = isSelf ? 'Leave the group…' : 'Remove from the group…'
    items.push({ label, danger: true, onSelect: () => ask('remove') })
  }
  if (rights.mayMute(member)) {
    const label = member.muted ? 'Let write again' : 'Mute: may read, not write'
    const mute = async () => onGroup(await setMuted(group.id, user.id, !member.muted))
    items.push({ label, onSelect: () => void attempt(mute) })
  }
  const remove = async () => {
    await removeMember(group.id, user.id)
    if (isSelf) window.location.assign('/groups')
    else onGroup(await fetchGroup(group.id))
  }
  return (
    <li className={styles.member}>
      <Avatar name={user.name} decorative />
      <span className={styles.memberWords}>
        <bdi>{user.name}</bdi>
        {isSelf && ' (you)'}
        <span className={styles.says}>
          {roleWords[role].label}
          {member.muted && ', muted'}, since <time dateTime={joinedAt}>{dayWords(joinedAt)}</time>
        </span>
      </span>
      {items.length > 0 && (
        <div className={styles.rowActions}>
          <Menu
            items={items}
            trigger={
              <Button ref={more} look="plain" aria-label={`More about ${user.name}`}>
                <Icon name="more" />
              </Button>
            }
          />
        </div>
      )}
      <FormDialog
        open={open === 'role'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'role' : null)}
        title={`What ${user.name} may do`}
        send="Give this role"
        onSend={async (fields) => onGroup(await setRole(group.id, user.id, readRole(fields, roles)))}
      >
        {() => <RoleChoice roles={roles} chosen={role} />}
      </FormDialog>
      <FormDialog
        open={open === 'remove'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'remove' : null)}
        title={isSelf ? 'Leave this group?' : `Remove ${user.name}?`}
        description={
          isSelf
            ? 'You will not see what it reads and writes any more. What you wrote stays.'
            : 'They will not see what the group reads and writes any more. What they wrote stays.'
        }
        send={isSelf ? 'Leave' : 'Remove'}
        danger
        onSend={remove}
      />
    </li>
  )
}
