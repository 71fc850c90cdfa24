'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Page, PageSection } from '#components/ui/page.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { Toasts } from '#components/ui/toasts.tsx'
import type { Group } from '#domain/wire/group.ts'
import { renameGroup } from './group-api.ts'
import { toGroupRights } from './group-rights.ts'
import { MemberSection } from './member-section.tsx'
import { ReadingList } from './reading-list.tsx'
import { roleWords } from './role-words.ts'

export interface GroupViewProps {
  readonly group: Group
  /** Who looks at it. */
  readonly userId: string
  /** Whether they may bring a text into the corpus. */
  readonly mayAddTexts: boolean
}

/** A group as a member meets it: what it reads, who is in it, and what the member may change of that. */
export function GroupView({ group: firstSeen, userId, mayAddTexts }: GroupViewProps) {
  const [group, setGroup] = useState(firstSeen)
  const [isRenaming, setRenaming] = useState(false)
  const rights = toGroupRights(group, userId)
  const part = { group, rights, onGroup: setGroup }
  return (
    <Page
      title={group.name}
      lead={rights.role && `You are ${roleWords[rights.role].one} here. ${roleWords[rights.role].says}`}
      actions={
        <>
          <ButtonLink href={`/disputes?group=${encodeURIComponent(group.id)}`}>Disputes</ButtonLink>
          {rights.mayRename && <Button onClick={() => setRenaming(true)}>Rename</Button>}
        </>
      }
    >
      <PageSection title="Reading list">
        <ReadingList {...part} mayAddTexts={mayAddTexts} />
      </PageSection>
      <PageSection title="Members">
        <MemberSection {...part} userId={userId} />
      </PageSection>
      <FormDialog
        open={isRenaming}
        onOpenChange={setRenaming}
        title="Rename the group"
        send="Rename"
        shown={['name']}
        onSend={async (fields) => setGroup(await renameGroup(group.id, String(fields.get('name'))))}
      >
        {(errors) => (
          <TextField
            label="Name"
            name="name"
            required
            maxLength={200}
            defaultValue={group.name}
            error={errors.name}
          />
        )}
      </FormDialog>
      <Toasts />
    </Page>
  )
}
