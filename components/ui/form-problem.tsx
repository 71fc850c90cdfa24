import type { ApiError } from '#components/client/api.ts'
import { Notice } from './notice.tsx'

/** What the server said against a form, beside what stands at its fields. Nothing when there was no problem. */
export function FormProblem({
  problem,
  shown = [],
}: {
  problem: ApiError | null
  shown?: readonly string[]
}) {
  if (!problem) return null
  const faults = Object.entries(problem.fields)
  const standsAtFields = faults.length > 0 && faults.every(([field]) => shown.includes(field))
  const words = standsAtFields ? 'Please look at what is marked.' : problem.message
  return (
    <Notice face={problem.code === 'offline' ? 'offline' : 'failed'} announce>
      {problem.code === 'offline' ? `${words} Nothing is lost: try again when you are connected.` : words}
    </Notice>
  )
}
