import { readAddress } from '#components/reader/read-address.ts'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Page } from '#components/ui/page.tsx'
import type { DisputeMap, MappedDispute } from '#domain/wire/dispute.ts'
import type { Document } from '#domain/wire/document.ts'
import styles from './dispute-map.module.css'
import { dividednessWords, statusWords } from './dispute-words.ts'
import { StatusMark } from './status-mark.tsx'

const barWidth = 1000
const markWidth = 6

/** Where along a text its disputes lie, how divided each is, and how that moved from week to week. */
export function DisputeMapView({ document, map }: { readonly document: Document; readonly map: DisputeMap }) {
  const { items } = map
  return (
    <Page
      title={`Disputes in ${document.title}`}
      actions={
        <>
          <ButtonLink href={readAddress(document.slug)}>Read the text</ButtonLink>
          <ButtonLink href={`/disputes?document=${encodeURIComponent(document.id)}`}>
            In the register
          </ButtonLink>
        </>
      }
    >
      {items.length === 0 ? (
        <Notice face="empty" title="Nothing is disputed here" />
      ) : (
        <>
          <AlongTheText map={map} />
          <ol className={styles.list}>
            {items.map((item, index) => (
              <MapRow
                key={`${item.id}-${item.start}`}
                item={item}
                number={index + 1}
                length={map.length}
                slug={document.slug}
              />
            ))}
          </ol>
        </>
      )}
    </Page>
  )
}

/** The text as a line from its beginning to its end, with a mark for each disputed passage: the taller, the more divided. */
function AlongTheText({ map: { items, length } }: { readonly map: DisputeMap }) {
  return (
    <svg
      className={styles.along}
      viewBox={`0 0 ${barWidth} 120`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${items.length} disputed passages along the text; the list below names them in this order.`}
    >
      <line className={styles.ground} x1={0} x2={barWidth} y1={118} y2={118} />
      {items.map(({ id, start, end, dividedness, status }) => {
        const x = (start / Math.max(1, length)) * barWidth
        const height = 14 + (dividedness ?? 0) * 100
        return (
          <rect
            key={`${id}-${start}`}
            className={styles.place}
            data-status={status}
            x={Math.min(x, barWidth - markWidth)}
            y={118 - height}
            width={Math.max(markWidth, ((end - start) / Math.max(1, length)) * barWidth)}
            height={height}
          />
        )
      })}
    </svg>
  )
}

function MapRow(props: { item: MappedDispute; number: number; length: number; slug: string }) {
  const { item, number, length, slug } = props
  const { id, question, status, start, dividedness, threadId, weeks } = item
  return (
    <li className={styles.row} value={number}>
      <div>
        <a href={`/disputes/${id}`} dir="auto">
          {question}
        </a>
        <p className={styles.facts}>
          <StatusMark status={status} />
          <a href={readAddress(slug, { threadId })}>
            {Math.round((start / Math.max(1, length)) * 100)} % into the text
          </a>
          <span>{dividednessWords(dividedness)}</span>
        </p>
      </div>
      <Weeks weeks={weeks} question={`${question} (${statusWords[status].is})`} />
    </li>
  )
}

/** How divided a dispute was when each week ended. */
function Weeks({ weeks, question }: { weeks: MappedDispute['weeks']; question: string }) {
  if (weeks.length === 0) return <span className={styles.none}>no stances</span>
  const told = weeks.map(({ monday, dividedness }) => `${monday}: ${Math.round(dividedness * 100)} %`)
  return (
    <svg
      className={styles.weeks}
      width={weeks.length * 8}
      height={36}
      role="img"
      aria-label={`How divided by week, ${question}. ${told.join(', ')}`}
    >
      {weeks.map(({ monday, dividedness }, index) => (
        <rect
          key={monday}
          className={styles.week}
          x={index * 8}
          y={34 - dividedness * 32}
          width={6}
          height={dividedness * 32 + 2}
        >
          <title>{told[index]}</title>
        </rect>
      ))}
    </svg>
  )
}
