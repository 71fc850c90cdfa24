import styles from './skip-link.module.css'

/** The first thing a keyboard meets: the way past the header. Every page gives its `<main>` the id `main`. */
export function SkipLink() {
  return (
    <a className={styles.link} href="#main">
      Skip to the text
    </a>
  )
}
