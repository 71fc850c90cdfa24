'use client'

import { useState } from 'react'
import { TimeAgo } from '#components/margin/time-ago.tsx'
import { readAddress } from '#components/reader/read-address.ts'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageSection } from '#components/ui/page.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { Toasts } from '#components/ui/toasts.tsx'
import type { Flag } from '#domain/wire/thread.ts'
import { attempt } from './attempt.ts'
import { setHidden, setLocked, settleFlag } from './group-api.ts'
import styles from './groups.module.css'

export interface FlagQueueProps {
  readonly waiting: readonly Flag[]
  readonly settled: readonly Flag[]
}

/** The queue of a group's moderators: what waits, with what can be done about it, and what was settled. */
export function FlagQueue(seen: FlagQueueProps) {
  const [waiting, setWaiting] = useState(seen.waiting)
  const [settled, setSettled] = useState(seen.settled)
  const [hiding, setHiding] = useState<Flag | null>(null)
  const isSame = (one: Flag, other: Flag) =>
    one.thread.id === other.thread.id && one.replyId === other.replyId
  const settle = (flag: Flag, change: Partial<Flag> = {}) => {
    const done = waiting.filter((other) => isSame(other, flag)).map((other) => ({ ...other, ...change }))
    setWaiting(waiting.filter((other) => !isSame(other, flag)))
    setSettled([...done, ...settled.map((other) => (isSame(other, flag) ? { ...other, ...change } : other))])
  }
  const lock = (flag: Flag) =>
    attempt(async () => {
      await setLocked(flag.thread.id, !flag.locked)
      setWaiting(
        waiting.map((other) =>
          other.thread.id === flag.thread.id ? { ...other, locked: !flag.locked } : other,
        ),
      )
    })
  return (
    <>
      {waiting.length === 0 && (
        <Notice face="empty" title="Nothing waits">
          What readers flag is listed here until you leave it as it is or hide it.
        </Notice>
      )}
      <ul className={styles.plainList} aria-label="Waiting">
        {waiting.map((flag) => (
          <li key={flag.id} className={styles.happened}>
            <FlagWords flag={flag} />
            <div className={form.buttons}>
              <Button onClick={() => setHiding(flag)}>Hide…</Button>
              <Button onClick={() => void lock(flag)}>
                {flag.locked ? 'Unlock the thread' : 'Lock the thread'}
              </Button>
              <Button
                onClick={() =>
                  void attempt(async () => {
                    await settleFlag(flag.id)
                    settle(flag)
                  })
                }
              >
                Leave as it is
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {settled.length > 0 && (
        <PageSection title="Settled">
          <ul className={styles.plainList}>
            {settled.map((flag) => (
              <li key={flag.id} className={styles.happened}>
                <FlagWords flag={flag} />
                {flag.hidden && (
                  <div className={form.buttons}>
                    <span className={styles.says}>Hidden.</span>
                    <Button
                      onClick={() =>
                        void attempt(async () => {
                          await setHidden(flag, false, '')
                          settle(flag, { hidden: false })
                        })
                      }
                    >
                      Show it again
                    </Button>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </PageSection>
      )}
      <FormDialog
        open={hiding !== null}
        onOpenChange={() => setHiding(null)}
        title="Hide this?"
        description="Its author and those who moderate still see it, with your reason. It can be shown again."
        send="Hide"
        danger
        shown={['reason']}
        onSend={async (fields) => {
          if (!hiding) return
          await setHidden(hiding, true, String(fields.get('reason')))
          settle(hiding, { hidden: true })
        }}
      >
        {(errors) => <TextField label="Why" name="reason" required maxLength={2000} error={errors.reason} />}
      </FormDialog>
      <Toasts />
    </>
  )
}

function FlagWords({ flag }: { readonly flag: Flag }) {
  const { thread, author, text, flaggedBy, reason, at } = flag
  return (
    <>
      <a href={readAddress(thread.document.slug, { threadId: thread.id })}>
        A {flag.replyId === null ? 'note' : 'reply'} by <bdi>{author.name}</bdi>
      </a>
      <q className={styles.words} dir="auto">
        {text}
      </q>
      <span>
        <bdi>{flaggedBy.name}</bdi>: <q dir="auto">{reason}</q>
      </span>
      <span className={styles.says}>
        <bdi>{thread.document.title}</bdi>, <TimeAgo instant={at} />
      </span>
    </>
  )
}
