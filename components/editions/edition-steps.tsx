'use client'

import { useState } from 'react'
import { discardEdition, publishEdition, rollBackEdition } from '#components/client/edition-api.ts'
import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import type { Document } from '#domain/wire/document.ts'
import type { EditionReport } from '#domain/wire/edition.ts'
import { editionAddress } from './edition-words.ts'
import styles from './editions.module.css'

type Step = 'publish' | 'discard' | 'roll-back'

export interface EditionStepsProps {
  readonly document: Document
  readonly report: EditionReport
}

/** What can be done with an edition as a whole, each step with what it will do: publish, discard, roll back. */
export function EditionSteps({ document, report }: EditionStepsProps) {
  const [asked, setAsked] = useState<Step | null>(null)
  const { edition, anchors } = report
  const { number, state } = edition
  const place = { documentId: document.id, number }
  const doing: Record<Step, () => Promise<unknown>> = {
    publish: () => publishEdition(place).then(() => location.assign(editionAddress(document.slug, number))),
    discard: () => discardEdition(place).then(() => location.assign(editionAddress(document.slug))),
    'roll-back': () => rollBackEdition(place).then(() => location.assign(editionAddress(document.slug))),
  }
  const steps: readonly Step[] =
    state === 'preview'
      ? ['publish', 'discard']
      : state === 'rolled-back'
        ? ['publish']
        : state === 'current' && number > 1
          ? ['roll-back']
          : []
  if (steps.length === 0) return null
  return (
    <div className={styles.steps}>
      <p>{describe(state, document.edition.number, anchors.uncertain ?? 0)}</p>
      <div className={styles.buttons}>
        {steps.map((step) => (
          <Button
            key={step}
            look={step === 'publish' ? 'primary' : step === 'discard' ? 'danger' : 'quiet'}
            onClick={() => setAsked(step)}
          >
            {stepWords[step].button}
          </Button>
        ))}
      </div>
      {asked && (
        <FormDialog
          open
          onOpenChange={(open) => !open && setAsked(null)}
          title={stepWords[asked].title(number)}
          description={stepWords[asked].does(number)}
          send={stepWords[asked].send}
          danger={asked !== 'publish'}
          onSend={doing[asked]}
        />
      )}
    </div>
  )
}

function describe(state: string, current: number, uncertain: number): string {
  if (state === 'current')
    return 'This is the edition that everybody reads. It can be rolled back: the one before is current again, with its notes as they stood and what was written since.'
  const open =
    uncertain === 0
      ? ''
      : ` ${uncertain === 1 ? 'One passage is' : `${uncertain} passages are`} uncertain: they can be decided now, or after publishing by those who wrote the notes.`
  return `Nobody else sees this edition yet; everybody reads edition ${current}.${open}`
}

const stepWords: Readonly<
  Record<
    Step,
    {
      readonly button: string
      readonly send: string
      readonly title: (number: number) => string
      readonly does: (number: number) => string
    }
  >
> = {
  publish: {
    button: 'Publish…',
    send: 'Publish',
    title: (number) => `Publish edition ${number}?`,
    does: (number) =>
      `Everybody reads edition ${number} from now on. Those who are reading are told and go on where they are. What was written since the preview is anchored too, and you can roll back.`,
  },
  discard: {
    button: 'Discard…',
    send: 'Discard the preview',
    title: (number) => `Discard edition ${number}?`,
    does: () =>
      'The preview and what was decided in it are thrown away. The notes and the current edition stay as they are.',
  },
  'roll-back': {
    button: 'Roll back…',
    send: 'Roll back',
    title: (number) => `Roll back edition ${number}?`,
    does: () =>
      'The edition before becomes current again, with the notes as they stood there and what was written since. This one is kept and can be published again.',
  },
}
