import { SignOutForm } from '#components/account/sign-out-form.tsx'
import { NewsMark } from '#components/disputes/news-mark.tsx'
import { Avatar } from './avatar.tsx'
import { ButtonLink } from './button-link.tsx'
import { NavLink } from './nav-link.tsx'
import { PreferenceChoices } from './preference-choices.tsx'
import type { Preferences } from './preferences.ts'
import styles from './site-header.module.css'

export interface SiteHeaderProps {
  /** Null for a visitor without a sign-in. */
  readonly person: {
    readonly userId: string
    readonly name: string
    readonly email: string
    readonly admin: boolean
  } | null
  readonly preferences: Preferences
  /** Lets the sign-out be a plain form; null leads to its page instead. */
  readonly signOutToken: string | null
  /** How much is new in the disputes that the person follows; null for a visitor without a sign-in. */
  readonly news: number | null
}

/** The way about the house. Its person menu is the browser's own popover, so it works before any script does. */
export function SiteHeader({ person, preferences, signOutToken, news }: SiteHeaderProps) {
  return (
    <header className={styles.header}>
      <div className={styles.row}>
        <a className={styles.name} href="/">
          Postil
        </a>
        <nav className={styles.ways} aria-label="Main">
          <NavLink href="/">Corpus</NavLink>
          <NavLink href="/disputes">Disputes {news !== null && <NewsMark count={news} />}</NavLink>
          {person && <NavLink href="/groups">Groups</NavLink>}
          {person?.admin && <NavLink href="/people">People</NavLink>}
        </nav>
        {!person && (
          <ButtonLink className={styles.signIn} look="plain" href="/sign-in">
            Sign in
          </ButtonLink>
        )}
        <button
          type="button"
          className={styles.opener}
          popoverTarget="person-menu"
          aria-label={person ? `Account and appearance of ${person.name}` : 'Appearance'}
        >
          {person ? <Avatar name={person.name} decorative /> : <span aria-hidden="true">Aa</span>}
        </button>
      </div>
      <div id="person-menu" popover="auto" className={styles.menu}>
        {person && (
          <div>
            <p className={styles.person} dir="auto">
              {person.name}
            </p>
            <p className={styles.email}>{person.email}</p>
          </div>
        )}
        <PreferenceChoices preferences={preferences} />
        {person && <PersonWays userId={person.userId} signOutToken={signOutToken} />}
      </div>
    </header>
  )
}

function PersonWays({ userId, signOutToken }: { userId: string; signOutToken: string | null }) {
  return (
    <div className={styles.personWays}>
      <ButtonLink href="/account">Account</ButtonLink>
      {signOutToken === null ? (
        <ButtonLink href="/sign-out">Sign out</ButtonLink>
      ) : (
        <SignOutForm userId={userId} formToken={signOutToken} />
      )}
    </div>
  )
}
