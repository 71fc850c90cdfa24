import { Suspense } from 'react'
import { useStore } from '#components/client/value-store.ts'
import { MarginFilterPanel } from '#components/margin/margin-filter.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { PreferenceChoices } from '#components/ui/preference-choices.tsx'
import { FindBox } from './find-box.tsx'
import { PresenceFaces } from './presence-faces.tsx'
import { readAddress } from './read-address.ts'
import styles from './reader-bar.module.css'
import { useReader } from './reader-context.ts'
import { olderEdition } from './reader-data.ts'

const ReaderNews = lazyPart(async () => (await import('#components/disputes/reader-news.tsx')).ReaderNews)

/** What stands above the text while it is read: where one is, who is here, which layers are on. */
export function ReaderBar() {
  const { data, view } = useReader()
  const shownRooms = useStore(view, (state) => state.shownRooms)
  const { document: work, section, sections } = data
  const hasLayerPanel = data.rooms.length > mostInBar
  return (
    <header className={styles.bar}>
      <a className={styles.home} href="/">
        Postil
      </a>
      <p className={styles.title} title={work.title}>
        {work.title}
        {sections.length > 1 && (
          <span>
            {' '}
            {section.number}/{sections.length}
          </span>
        )}
      </p>
      <div className={styles.tools}>
        {data.me && (
          <Suspense>
            <ReaderNews />
          </Suspense>
        )}
        <PresenceFaces />
        {hasLayerPanel ? (
          <button type="button" className={styles.tool} popoverTarget="reader-layers" data-needs-script>
            Layers {shownRooms.size}/{data.rooms.length}
          </button>
        ) : (
          <LayerSwitches />
        )}
        <button type="button" className={styles.tool} popoverTarget="reader-find">
          Find
        </button>
        <button type="button" className={styles.tool} popoverTarget="reader-filter" data-needs-script>
          Filter
        </button>
        <button
          type="button"
          className={styles.tool}
          popoverTarget="reader-type"
          aria-label="Text size and theme"
        >
          Aa
        </button>
        {data.me === null && (
          <a
            className={styles.tool}
            href={`/sign-in?callbackUrl=${encodeURIComponent(readAddress(work.slug, { edition: olderEdition(work), section: section.number }))}`}
          >
            Sign in
          </a>
        )}
      </div>
      {hasLayerPanel && (
        <div id="reader-layers" popover="auto" className={styles.panel}>
          <LayerSwitches />
        </div>
      )}
      <div id="reader-find" popover="auto" className={styles.panel}>
        <FindBox />
      </div>
      <div id="reader-filter" popover="auto" className={styles.panel}>
        <MarginFilterPanel />
      </div>
      <div id="reader-type" popover="auto" className={styles.panel}>
        <PreferenceChoices preferences={data.preferences} />
      </div>
    </header>
  )
}

/** With more of them, layers get a panel of their own: what does not fit in the bar would not be found. */
const mostInBar = 5

/** Switches every layer on and off. */
function LayerSwitches() {
  const { data, view, actions } = useReader()
  const shownRooms = useStore(view, (state) => state.shownRooms)
  if (data.rooms.length === 0) return null
  return (
    <fieldset className={styles.layers} aria-label="Layers" data-needs-script>
      {data.rooms.map((room, at) => (
        <button
          key={room.name}
          type="button"
          className={styles.layer}
          data-color={room.color}
          aria-pressed={shownRooms.has(room.name)}
          title={`${room.label}${at < 9 ? ` (key ${at + 1})` : ''}`}
          onClick={() => actions.toggleRoom(room.name)}
        >
          <span>{room.label}</span>
        </button>
      ))}
    </fieldset>
  )
}
