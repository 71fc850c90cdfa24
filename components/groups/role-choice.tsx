import form from '#components/ui/form.module.css'
import type { Role } from '#domain/policy/actor.ts'
import styles from './groups.module.css'
import { roleWords } from './role-words.ts'

export interface RoleChoiceProps {
  readonly roles: readonly Role[]
  readonly chosen: Role
  readonly legend?: string
}

/** A choice of one role, each with what it may do. The form finds it under `role`. */
export function RoleChoice({ roles, chosen, legend = 'Role' }: RoleChoiceProps) {
  return (
    <fieldset className={form.checks}>
      <legend>{legend}</legend>
      {roles.map((role) => (
        <label key={role} className={form.check}>
          <input type="radio" name="role" value={role} defaultChecked={role === chosen} />
          <span>
            {roleWords[role].label}
            <span className={styles.says}>{roleWords[role].says}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** The role that a form with a `RoleChoice` holds. */
export function readRole(fields: FormData, roles: readonly Role[]): Role {
  return roles.find((role) => role === fields.get('role')) ?? 'reader'
}
