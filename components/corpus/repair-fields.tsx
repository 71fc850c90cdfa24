import form from '#components/ui/form.module.css'
import { type RepairKind, repairKinds } from '#domain/text/repairs.ts'
import styles from './corpus.module.css'

const words: Readonly<Record<RepairKind, { readonly label: string; readonly says: string }>> = {
  lines: { label: 'Join hard wraps', says: 'The lines of a paragraph become one.' },
  words: {
    label: 'Rejoin parted words',
    says: 'or- and ganize become organize; well-known keeps its hyphen.',
  },
  paragraphs: {
    label: 'Rejoin parted paragraphs',
    says: 'A sentence that a page break parted becomes one again.',
  },
}

/** Which repairs the import shall make: all, unless a person unticks one. */
export function RepairFields() {
  return (
    <fieldset className={form.checks}>
      <legend>Repairs</legend>
      {/* Says that the question was asked, where nothing is ticked. */}
      <input type="hidden" name="repairs" value="none" />
      {repairKinds.map((kind) => (
        <label key={kind} className={form.check}>
          <input type="checkbox" name="repairs" value={kind} defaultChecked />
          <span>
            {words[kind].label}
            <span className={styles.says}>{words[kind].says}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
