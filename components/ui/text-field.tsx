import type { ComponentProps } from 'react'
import { Field, type FieldWords } from './field.tsx'

/** One line of writing with its label. */
export function TextField({
  label,
  hint,
  error,
  ...input
}: FieldWords & Omit<ComponentProps<'input'>, 'id' | 'className'>) {
  return (
    <Field
      label={label}
      hint={hint}
      error={error}
      control={(ties) => <input type="text" dir="auto" {...input} {...ties} />}
    />
  )
}

/** Several lines of writing with their label. */
export function TextArea({
  label,
  hint,
  error,
  ...input
}: FieldWords & Omit<ComponentProps<'textarea'>, 'id' | 'className'>) {
  return (
    <Field
      label={label}
      hint={hint}
      error={error}
      control={(ties) => <textarea dir="auto" rows={8} {...input} {...ties} />}
    />
  )
}
