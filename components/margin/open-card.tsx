import type { PlacedThread } from '#components/client/merge-rooms.ts'
import type { RoomChoice } from '#components/reader/reader-data.ts'
import { CardActions } from './card-actions.tsx'
import { ReplyList } from './reply-list.tsx'

/** What a card shows only while it is open; loaded with the first that is opened. */
export function OpenCard(props: { readonly placed: PlacedThread; readonly room: RoomChoice | null }) {
  return (
    <>
      <ReplyList placed={props.placed} />
      <CardActions {...props} />
    </>
  )
}
