import { TextField } from '#components/ui/text-field.tsx'

export interface QuestionFieldProps {
  readonly defaultValue?: string
  readonly error?: string
  readonly hint?: string | null
}

/** The question of a dispute, as every form has it. */
export function QuestionField(props: QuestionFieldProps) {
  return <TextField label="The question" name="question" required maxLength={500} {...props} />
}
