import type { ComponentProps } from 'react'
import { Field, type FieldWords } from './field.tsx'

export interface Option {
  readonly value: string
  readonly label: string
}

/** A choice of one from a short list, with its label: the browser's own, which every hand and device knows. */
export function Select({
  label,
  hint,
  error,
  options,
  ...select
}: FieldWords &
  Omit<ComponentProps<'select'>, 'id' | 'className' | 'children'> & { options: readonly Option[] }) {
  return (
    <Field
      label={label}
      hint={hint}
      error={error}
      control={(ties) => (
        <select {...select} {...ties}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    />
  )
}
