import { ApiError } from '#components/client/api.ts'
import { showToast } from '#components/ui/toast-list.ts'

/** Runs a call to the server; a refusal is told in a toast. Resolves to whether it went well. */
export async function attempt(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call()
    return true
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    showToast({ face: 'failed', text: error.message })
    return false
  }
}
