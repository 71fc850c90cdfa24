'use client'

import { type RefObject, useState } from 'react'
import { Field } from '#components/ui/field.tsx'
import form from '#components/ui/form.module.css'
import { Select } from '#components/ui/select.tsx'
import { TextArea } from '#components/ui/text-field.tsx'
import styles from './corpus.module.css'
import { acceptedFiles, formatWords, pastedFormats } from './format-words.ts'
import { RepairFields } from './repair-fields.tsx'
import { sizeWords } from './size-words.ts'

/** Where the text comes from. */
export type SourceKind = 'file' | 'pasted'

export interface SourceFieldsProps {
  readonly kind: SourceKind
  readonly onKind: (kind: SourceKind) => void
  readonly fileField: RefObject<HTMLInputElement | null>
  /** Something is held over the form, to be dropped. */
  readonly isDropTarget: boolean
  readonly error: string | undefined
}

/** A file or pasted words: the text itself. */
export function SourceFields({ kind, onKind, fileField, isDropTarget, error }: SourceFieldsProps) {
  const choice = (value: SourceKind, label: string) => (
    <label className={form.check}>
      <input
        type="radio"
        name="source"
        value={value}
        checked={kind === value}
        onChange={() => onKind(value)}
      />
      {label}
    </label>
  )
  return (
    <>
      <fieldset className={form.checks}>
        <legend>Where is the text?</legend>
        <div className={styles.sources}>
          {choice('file', 'In a file')}
          {choice('pasted', 'I paste it')}
        </div>
      </fieldset>
      {kind === 'file' ? (
        <FileField fileField={fileField} isDropTarget={isDropTarget} error={error} />
      ) : (
        <PastedFields error={error} />
      )}
      <RepairFields />
    </>
  )
}

function FileField({
  fileField,
  isDropTarget,
  error,
}: Pick<SourceFieldsProps, 'fileField' | 'isDropTarget' | 'error'>) {
  const [size, setSize] = useState<number | null>(null)
  const formats = Object.values(formatWords).map(({ label }) => label)
  return (
    <div className={styles.drop} data-over={isDropTarget || undefined}>
      <Field
        label="File"
        error={error}
        hint={
          size === null
            ? `Choose one or drop it here: ${formats.join(', ')}; at most 50 MB.`
            : `${sizeWords(size)}. Another can be chosen or dropped here.`
        }
        control={(ties) => (
          <input
            {...ties}
            ref={fileField}
            type="file"
            name="file"
            required
            accept={acceptedFiles}
            onChange={({ target }) => setSize(target.files?.[0]?.size ?? null)}
          />
        )}
      />
    </div>
  )
}

function PastedFields({ error }: { error: string | undefined }) {
  return (
    <>
      <Select
        label="Format"
        name="format"
        options={pastedFormats.map((format) => ({ value: format, label: formatWords[format].label }))}
        hint="Plain text may be wrapped hard, with an empty line between paragraphs."
      />
      <TextArea label="Text" name="content" rows={12} required error={error} />
    </>
  )
}
