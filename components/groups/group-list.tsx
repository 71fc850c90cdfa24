import type { Me } from '#domain/wire/group.ts'
import styles from './groups.module.css'
import { roleWords } from './role-words.ts'

/** The groups of a person, with what they are in each. */
export function GroupList({ groups }: { groups: Me['groups'] }) {
  return (
    <ul className={styles.groups}>
      {groups.map(({ id, slug, name, role }) => (
        <li key={id} className={styles.group}>
          <a href={`/groups/${slug}`} dir="auto">
            {name}
          </a>
          <span className={styles.faint}>{roleWords[role].label}</span>
        </li>
      ))}
    </ul>
  )
}
