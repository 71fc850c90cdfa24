'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/client/api.ts'
import { Button } from '#components/ui/button.tsx'
import { CalendarDate } from '#components/ui/calendar-date.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import type { TokenRow } from '#domain/wire/account.ts'
import styles from './rows.module.css'
import { scopeWords } from './scope-words.ts'

/** One's own API tokens, each with the way to revoke it. */
export function TokenList({ tokens }: { readonly tokens: readonly TokenRow[] }) {
  const [toRevoke, setToRevoke] = useState<TokenRow | null>(null)
  if (tokens.length === 0) return <Notice face="empty">You have no tokens.</Notice>
  return (
    <>
      <ul className={styles.rows}>
        {tokens.map((token) => (
          <li key={token.id} className={styles.row}>
            <div>
              <p className={styles.name} dir="auto">
                {token.name}
              </p>
              <p className={styles.more}>
                {scopeWords[token.scope]} · made <CalendarDate instant={token.createdAt} />,{' '}
                {token.lastUsedAt ? (
                  <>
                    last used <CalendarDate instant={token.lastUsedAt} />
                  </>
                ) : (
                  'never used'
                )}
                {token.expiresAt && (
                  <>
                    , until <CalendarDate instant={token.expiresAt} />
                  </>
                )}
              </p>
            </div>
            <Button look="danger" aria-label={`Revoke ${token.name}`} onClick={() => setToRevoke(token)}>
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {toRevoke && <RevokeDialog token={toRevoke} onClose={() => setToRevoke(null)} />}
    </>
  )
}

function RevokeDialog({ token, onClose }: { token: TokenRow; onClose: () => void }) {
  const router = useRouter()
  const { busy, problem, submit } = useSubmission()
  async function revoke() {
    const isRevoked = await submit(() => callApi('DELETE', `/me/tokens/${token.id}`))
    if (!isRevoked) return
    onClose()
    router.refresh()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Revoke “${token.name}”?`}
      description="Programs that use it are refused from now on. This cannot be undone."
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" busy={busy} onClick={() => void revoke()}>
            Revoke
          </Button>
        </>
      }
    >
      <FormProblem problem={problem} />
    </Dialog>
  )
}
