'use client'

import { useRef, useState } from 'react'
import { ApiError } from '#components/client/api.ts'

/** A form's dealings with the server: whether it is busy, and what the server said against it. */
export interface Submission {
  readonly busy: boolean
  /** What was refused or failed at the last try, null after a good one. */
  readonly problem: ApiError | null
  /** Runs `work` unless one is under way; resolves true when it came to its end. */
  submit(work: () => Promise<unknown>): Promise<boolean>
}

/** Keeps one submission of a form at a time, and the words for what went wrong. */
export function useSubmission(): Submission {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiError | null>(null)
  const underWay = useRef(false)
  return {
    busy,
    problem,
    async submit(work) {
      if (underWay.current) return false
      underWay.current = true
      setBusy(true)
      setProblem(null)
      try {
        await work()
        return true
      } catch (error) {
        setProblem(
          error instanceof ApiError ? error : new ApiError('unknown', 'Something went wrong here.', 0),
        )
        return false
      } finally {
        underWay.current = false
        setBusy(false)
      }
    },
  }
}
