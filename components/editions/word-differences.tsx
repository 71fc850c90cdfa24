import type { WordDifference } from '#domain/wire/edition.ts'
import styles from './differences.module.css'

/** The words then and now in one line: what went struck out, what came underlined; both told to those who hear it. */
export function WordDifferences({ differences }: { readonly differences: readonly WordDifference[] }) {
  return (
    <p className={styles.words} dir="auto">
      {withPlaces(differences).map(({ at, kind, text }) => {
        if (kind === 'removed') return <del key={at}>{text}</del>
        if (kind === 'added') return <ins key={at}>{text}</ins>
        return <span key={at}>{text}</span>
      })}
    </p>
  )
}

/** Each piece with where it begins, which tells it from the others. */
function withPlaces(differences: readonly WordDifference[]) {
  let at = 0
  return differences.map((difference) => {
    const piece = { ...difference, at: `${at} ${difference.kind}` }
    at += difference.text.length
    return piece
  })
}
