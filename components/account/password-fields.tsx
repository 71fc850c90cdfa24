import { TextField } from '#components/ui/text-field.tsx'

interface PasswordFieldProps {
  readonly name: string
  readonly label: string
  readonly error: string | null
}

/** A password that is chosen. */
export function NewPasswordField(props: PasswordFieldProps) {
  return (
    <TextField
      {...props}
      type="password"
      hint="At least 10 characters; a few words together do well."
      autoComplete="new-password"
      minLength={10}
      maxLength={200}
      required
    />
  )
}

/** The password that one has, as proof. */
export function OwnPasswordField(props: PasswordFieldProps) {
  return <TextField {...props} type="password" autoComplete="current-password" required />
}
