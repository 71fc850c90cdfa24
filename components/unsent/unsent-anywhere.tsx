'use client'

import { useEffect } from 'react'
import { hasKept } from '#components/client/offline/kept-flag.ts'
import { sendWhileShown } from '#components/client/offline/send-while-shown.ts'
import styles from './unsent.module.css'
import { UnsentNews } from './unsent-news.tsx'

/**
 * On pages without a margin: sends what this browser kept of the account, and says what waits or was not taken. A text
 * may not be there any more for whoever wrote on it; their words are.
 */
export function UnsentAnywhere({ accountId }: { readonly accountId: string }) {
  useEffect(() => {
    if (!hasKept(accountId)) return
    return sendWhileShown(accountId, { onThread: () => {}, onReply: () => {} })
  }, [accountId])
  return (
    <div className={styles.column}>
      <UnsentNews accountId={accountId} />
    </div>
  )
}
