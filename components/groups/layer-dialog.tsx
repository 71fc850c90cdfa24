'use client'

import { useState } from 'react'
import form from '#components/ui/form.module.css'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { Group, Layer, LayerChange } from '#domain/wire/group.ts'
import { addLayer, changeLayer } from './group-api.ts'
import styles from './groups.module.css'

export interface LayerDialogProps {
  readonly group: Group
  /** Null: a new one. */
  readonly layer: Layer | null
  /** The groups over which the person may lay a layer. */
  readonly taught: readonly { readonly id: string; readonly name: string }[]
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onDone: () => Promise<void>
}

const readers = [
  { value: 'members', label: 'All members' },
  { value: 'instructors', label: 'Instructors only' },
  { value: 'public', label: 'Everyone, without an account too' },
]
const writers = [
  { value: 'members', label: 'Members' },
  { value: 'instructors', label: 'Instructors only' },
]
const covers = [
  { value: '', label: 'At once' },
  { value: 'own', label: 'Once they have posted notes of their own' },
  { value: 'reveal', label: 'When an instructor reveals them' },
]

/** Sets a layer, or makes one. What a discussion and a commentary are is not set, only when and how they are used. */
export function LayerDialog({ group, layer, taught, open, onOpenChange, onDone }: LayerDialogProps) {
  const kind = layer?.kind ?? 'custom'
  const blind = layer?.blind ?? null
  const [cover, setCover] = useState<string | null>(null)
  const chosen = cover ?? (blind === null ? '' : 'untilOwnNotes' in blind ? 'own' : 'reveal')
  const send = async (fields: FormData) => {
    const name = String(fields.get('name'))
    const change = readChange(fields, { kind, blind, chosen })
    if (layer) await changeLayer(layer, { ...change, name })
    else await addLayer(group.id, { ...change, name })
    await onDone()
  }
  return (
    <FormDialog
      open={open}
      onOpenChange={(isOpen) => {
        setCover(null)
        onOpenChange(isOpen)
      }}
      title={layer ? `Set “${layer.name}”` : 'Add a layer'}
      description={layer ? undefined : 'A sheet of notes of its own over the texts that the group reads.'}
      send={layer ? 'Save' : 'Add it'}
      shown={['name', 'read', 'closesAt']}
      onSend={send}
    >
      {(errors) => (
        <>
          <TextField
            label="Name"
            name="name"
            required
            maxLength={200}
            defaultValue={layer?.name}
            error={errors.name}
          />
          {kind !== 'discussion' && (
            <Select
              label="Who reads it"
              name="read"
              defaultValue={layer?.read ?? 'members'}
              options={
                kind === 'commentary' ? readers.filter(({ value }) => value !== 'instructors') : readers
              }
              error={errors.read}
            />
          )}
          {kind === 'custom' && (
            <Select
              label="Who writes in it"
              name="write"
              defaultValue={layer?.write ?? 'members'}
              options={writers}
            />
          )}
          <div className={form.row}>
            <TimeField label="Opens" name="opensAt" instant={layer?.opensAt} />
            <TimeField label="Closes" name="closesAt" instant={layer?.closesAt} error={errors.closesAt} />
          </div>
          <Select
            label="Readers see each other’s notes"
            name="cover"
            value={chosen}
            onChange={({ target }) => setCover(target.value)}
            options={covers}
            hint="Their own notes and instructors’ they always see."
          />
          {chosen === 'own' && (
            <TextField
              label="How many notes, in each text"
              name="notes"
              type="number"
              min={1}
              max={1000}
              required
              defaultValue={blind && 'untilOwnNotes' in blind ? blind.untilOwnNotes : 1}
            />
          )}
          <label className={form.check}>
            <input type="checkbox" name="coWriting" defaultChecked={layer?.coWriting} />
            Notes are written together unless their author says otherwise
          </label>
          {taught.length > 1 && (
            <fieldset className={form.checks}>
              <legend>Lies over</legend>
              {taught.map(({ id, name }) => (
                <label key={id} className={form.check}>
                  <input
                    type="checkbox"
                    name="groups"
                    value={id}
                    defaultChecked={layer ? layer.groups.includes(id) : id === group.id}
                  />
                  {name}
                </label>
              ))}
              <span className={styles.says}>Its notes are shared; each group keeps its own replies.</span>
            </fieldset>
          )}
        </>
      )}
    </FormDialog>
  )
}

function TimeField({
  label,
  name,
  instant,
  error,
}: {
  readonly label: string
  readonly name: string
  readonly instant: string | null | undefined
  readonly error?: string
}) {
  return (
    <TextField
      label={`${label} (may stay empty)`}
      name={name}
      type="datetime-local"
      defaultValue={instant ? toLocalTime(instant) : ''}
      error={error}
    />
  )
}

/** As the browser's field for date and time has it: in the time of whoever looks. */
function toLocalTime(instant: string): string {
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function readChange(
  fields: FormData,
  before: { readonly kind: Layer['kind']; readonly blind: Layer['blind']; readonly chosen: string },
): LayerChange {
  const text = (name: string) => String(fields.get(name) ?? '')
  const instant = (name: string) => (text(name) === '' ? null : new Date(text(name)).toISOString())
  const read = readers.find(({ value }) => value === text('read'))?.value
  const write = writers.find(({ value }) => value === text('write'))?.value
  const groups = fields.getAll('groups').map(String)
  const blind = toBlind(before.chosen, Number(text('notes')))
  return {
    ...(read === 'members' || read === 'instructors' || read === 'public' ? { read } : {}),
    ...(write === 'members' || write === 'instructors' ? { write } : {}),
    opensAt: instant('opensAt'),
    closesAt: instant('closesAt'),
    coWriting: fields.has('coWriting'),
    // Setting it again would cover what was revealed.
    ...(JSON.stringify(blind) === JSON.stringify(before.blind) ? {} : { blind }),
    ...(groups.length > 0 ? { groups } : {}),
  }
}

function toBlind(chosen: string, notes: number): Layer['blind'] {
  if (chosen === 'own') return { untilOwnNotes: notes }
  return chosen === 'reveal' ? { untilRevealed: true } : null
}
