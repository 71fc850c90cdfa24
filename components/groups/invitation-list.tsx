'use client'

import { useCallback, useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { Group, InvitationRow } from '#domain/wire/group.ts'
import { attempt } from './attempt.ts'
import { dayWords } from './day-words.ts'
import { fetchInvitations, revokeInvitation } from './group-api.ts'
import styles from './groups.module.css'
import { roleWords } from './role-words.ts'

/** The links that still lead into the group, each of which can be taken back. Looks again whenever a dialog has closed. */
export function InvitationList({
  group,
  isInviting,
}: {
  readonly group: Group
  readonly isInviting: boolean
}) {
  const [rows, setRows] = useState<readonly InvitationRow[]>([])
  const look = useCallback(
    () => attempt(async () => setRows((await fetchInvitations(group.id)).items)),
    [group.id],
  )
  useEffect(() => {
    if (!isInviting) void look()
  }, [isInviting, look])
  const revoke = async (id: string) => {
    await attempt(() => revokeInvitation(group.id, id))
    await look()
  }
  if (rows.length === 0) return null
  return (
    <>
      <h3 className={styles.subtitle}>Links that are valid</h3>
      <ul className={styles.plainList}>
        {rows.map((row) => (
          <li key={row.id} className={styles.pick}>
            <span>
              {row.email === null ? `A link for ${roleWords[row.role].one}` : row.email}
              <span className={styles.says}>
                {row.email !== null && `${roleWords[row.role].label}. `}
                {usesWords(row.usesLeft)}, until {dayWords(row.expiresAt)}
                {row.createdBy && `, by ${row.createdBy.name}`}
              </span>
            </span>
            <Button
              aria-label={`Take back the link of ${dayWords(row.createdAt)}${row.email ? ` for ${row.email}` : ''}`}
              onClick={() => void revoke(row.id)}
            >
              Take back
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}

function usesWords(left: number | null): string {
  if (left === null) return 'For anyone who has it'
  return left === 1 ? 'For one more person' : `For ${left} more people`
}
