import form from '#components/ui/form.module.css'
import { TextField } from '#components/ui/text-field.tsx'
import type { Visibility } from '#domain/policy/subjects.ts'
import styles from './corpus.module.css'
import { visibilityWords } from './visibility-words.ts'

export interface AboutFieldsProps {
  /** Groups whose reading list the person may change. */
  readonly groups: readonly { readonly id: string; readonly name: string }[]
  /** What the person may choose; with one alone there is nothing to ask. */
  readonly visibilities: readonly Visibility[]
  /** What the server said against single fields. */
  readonly errors: Readonly<Record<string, string>>
}

/** What is said about a text that is brought in, and who may read it. */
export function AboutFields({ groups, visibilities, errors }: AboutFieldsProps) {
  return (
    <>
      <TextField
        label="Title (optional)"
        name="title"
        maxLength={300}
        hint="Left empty: as the text itself says."
        error={errors.title}
      />
      <TextField
        label="Authors (optional)"
        name="authors"
        hint="Several are parted by semicolons: Mary Shelley; Percy Shelley"
        error={errors.authors}
      />
      <TextField
        label="Language (optional)"
        name="language"
        dir="ltr"
        maxLength={35}
        autoCapitalize="none"
        spellCheck={false}
        hint="Its code, such as en, la, or ar. It decides how the text is hyphenated and read aloud."
        error={errors.language}
      />
      {visibilities.length > 1 && (
        <fieldset className={form.checks}>
          <legend>Who may read it</legend>
          {visibilities.map((visibility, index) => (
            <label key={visibility} className={form.check}>
              <input type="radio" name="visibility" value={visibility} defaultChecked={index === 0} />
              <span>
                {visibilityWords[visibility].label}
                <span className={styles.says}>{visibilityWords[visibility].says}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {groups.length > 0 && (
        <fieldset className={form.checks}>
          <legend>Put it on the reading list of</legend>
          {groups.map(({ id, name }) => (
            <label key={id} className={form.check}>
              <input type="checkbox" name="groups" value={id} defaultChecked={groups.length === 1} />
              <bdi>{name}</bdi>
            </label>
          ))}
        </fieldset>
      )}
    </>
  )
}
