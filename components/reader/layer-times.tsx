import { useEffect } from 'react'
import { showToast } from '#components/ui/toast-list.ts'
import { useReader } from './reader-context.ts'
import type { RoomChoice } from './reader-data.ts'

/** The longest that a browser's timer counts. */
const longestWaitMs = 2_147_483_647

/** Follows the closing times of layers while the page is open: from then on nothing is offered to be written there. */
export function LayerTimes() {
  const { data, room, view } = useReader()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const shut = ({ name, label }: RoomChoice) => {
      const shutRooms = new Set(view.get().shutRooms).add(name)
      const { writingRoom } = view.get()
      const isWritable = (choice: RoomChoice) => choice.mayWrite && !shutRooms.has(choice.name)
      view.set({
        shutRooms,
        writingRoom: writingRoom?.name === name ? (data.rooms.find(isWritable) ?? null) : writingRoom,
      })
      showToast({ text: `${label} has closed for writing.` })
      // What may be done with each of its threads is the server's to say.
      room.reload(name)
    }
    const look = () => {
      const open = data.rooms.filter(({ name, closesAt }) => closesAt && !view.get().shutRooms.has(name))
      const left = open.map((choice) => ({ choice, ms: Date.parse(choice.closesAt ?? '') - Date.now() }))
      for (const { choice, ms } of left) if (ms <= 0) shut(choice)
      const next = Math.min(...left.flatMap(({ ms }) => (ms > 0 ? ms : [])))
      if (next < Number.POSITIVE_INFINITY) timer = setTimeout(look, Math.min(next, longestWaitMs))
    }
    look()
    return () => clearTimeout(timer)
  }, [data, room, view])
  return null
}
