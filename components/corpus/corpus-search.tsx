import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import styles from './corpus.module.css'

/** A search by title and author: a plain form, which needs no script. */
export function CorpusSearch({ words }: { words: string }) {
  return (
    <search>
      <form className={styles.search} action="/" method="get">
        <TextField
          label="Search by title or author"
          type="search"
          name="q"
          defaultValue={words}
          maxLength={200}
          enterKeyHint="search"
        />
        <Button type="submit">Search</Button>
      </form>
    </search>
  )
}
