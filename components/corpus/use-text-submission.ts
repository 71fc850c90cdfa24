'use client'

import { useRef, useState } from 'react'
import { ApiError } from '#components/client/api.ts'
import { newId } from '#components/client/new-id.ts'
import { useSubmission } from '#components/ui/use-submission.ts'
import { sizeWords } from './size-words.ts'
import { mostFileBytes, type SendSource } from './text-form.ts'

/** A text on its way to the server. */
export type TextSubmission = ReturnType<typeof useTextSubmission>

/** One text on its way into the corpus by `sendSource`; `onMade` gets what the server made of it. */
export function useTextSubmission<Made>(sendSource: SendSource<Made>, onMade: (made: Made) => void) {
  const submission = useSubmission()
  const [sent, setSent] = useState(0)
  const [done, setDone] = useState<number | null>(null)
  const stopper = useRef<AbortController | null>(null)
  const id = useRef<string | null>(null)

  const send = async (fields: FormData) => {
    setSent(0)
    setDone(null)
    const file = fields.get('file')
    if (file instanceof File && file.size > mostFileBytes) {
      throw new ApiError('too-large', `This file has ${sizeWords(file.size)}; at most 50 MB are taken.`, 413)
    }
    stopper.current = new AbortController()
    id.current ??= newId()
    try {
      const { signal } = stopper.current
      onMade(await sendSource(fields, { id: id.current, onSent: setSent, onDone: setDone, signal }))
      id.current = null
    } catch (error) {
      // What was answered is settled; only what got no answer may have been made.
      if (error instanceof ApiError && error.status > 0) id.current = null
      throw error
    }
  }

  return {
    busy: submission.busy,
    problem: submission.problem,
    /** The share that has reached the server, 0 to 1. */
    sent,
    /** The share of its work that the server has done, 0 to 1; null until it says so. */
    done,
    submit: (fields: FormData) => submission.submit(() => send(fields)),
    stop: () => stopper.current?.abort(),
    /** What the form holds is another text now. */
    changed: () => {
      id.current = null
    },
  }
}
