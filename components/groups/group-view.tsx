'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Page, PageSection } from '#components/ui/page.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { Toasts } from '#components/ui/toasts.tsx'
import type { GroupActivity as Activity, Group } from '#domain/wire/group.ts'
import { GroupActivity } from './group-activity.tsx'
import { renameGroup, setArchived } from './group-api.ts'
import { toGroupRights } from './group-rights.ts'
import { LayerSection } from './layer-section.tsx'
import { MemberSection } from './member-section.tsx'
import { ReadingList } from './reading-list.tsx'
import { roleWords } from './role-words.ts'

export interface GroupViewProps {
  readonly group: Group
  /** Who looks at it. */
  readonly userId: string
  /** Whether they may bring a text into the corpus. */
  readonly mayAddTexts: boolean
  /** What was written in it last. */
  readonly activity: readonly Activity[]
  /** The groups over which this person may lay a layer. */
  readonly taught: readonly { readonly id: string; readonly name: string }[]
  /** How many flags wait for those who moderate. */
  readonly flagged: number
  /** Whether the server can mail invitations. */
  readonly sendsMail: boolean
}

/** A group as a member meets it: what it reads, who is in it, and what the member may change of that. */
export function GroupView({
  group: firstSeen,
  userId,
  mayAddTexts,
  activity,
  taught,
  flagged,
  sendsMail,
}: GroupViewProps) {
  const [group, setGroup] = useState(firstSeen)
  const [isRenaming, setRenaming] = useState(false)
  const [isArchiving, setArchiving] = useState(false)
  const rights = toGroupRights(group, userId)
  const part = { group, rights, onGroup: setGroup }
  return (
    <Page
      title={group.name}
      lead={rights.role && `You are ${roleWords[rights.role].one} here. ${roleWords[rights.role].says}`}
      actions={
        <>
          <ButtonLink href={`/disputes?group=${encodeURIComponent(group.id)}`}>Disputes</ButtonLink>
          {rights.mayModerate && (
            <ButtonLink href={`/groups/${group.slug}/flags`}>
              {flagged > 0 ? `Flagged (${flagged})` : 'Flagged'}
            </ButtonLink>
          )}
          {rights.mayReadAudit && (
            <ButtonLink href={`/audit?group=${encodeURIComponent(group.id)}`}>Audit</ButtonLink>
          )}
          {rights.mayRename && <Button onClick={() => setRenaming(true)}>Rename</Button>}
          {rights.mayArchive && (
            <Button onClick={() => setArchiving(true)}>{group.archived ? 'Take up again' : 'Archive'}</Button>
          )}
        </>
      }
    >
      {group.archived && (
        <Notice face="refused" title="This group is archived">
          Everything in it is read as before, and nothing is written.
        </Notice>
      )}
      <PageSection title="Reading list">
        <ReadingList {...part} mayAddTexts={mayAddTexts} />
      </PageSection>
      <PageSection title="Latest">
        <GroupActivity items={activity} />
      </PageSection>
      <PageSection title="Layers">
        <LayerSection {...part} taught={taught} />
      </PageSection>
      <PageSection title="Members">
        <MemberSection {...part} userId={userId} sendsMail={sendsMail} />
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
      <FormDialog
        open={isArchiving}
        onOpenChange={setArchiving}
        title={group.archived ? 'Take the group up again?' : 'Archive the group?'}
        description={
          group.archived
            ? 'Members can write in it again.'
            : 'Members still read everything, and write nothing. You can take it up again at any time.'
        }
        send={group.archived ? 'Take it up' : 'Archive'}
        onSend={async () => setGroup(await setArchived(group.id, !group.archived))}
      />
      <Toasts />
    </Page>
  )
}
