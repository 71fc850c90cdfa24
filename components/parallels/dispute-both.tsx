import { DisputeWordsForm } from '#components/disputes/dispute-words-form.tsx'
import { useReader } from '#components/reader/reader-context.ts'
import type { Parallel } from '#domain/wire/parallel.ts'

/** Takes a parallel into a dispute: a new one about both passages, or as evidence with what differs. */
export function DisputeBoth(props: { readonly parallel: Parallel; readonly onClose: () => void }) {
  const { view } = useReader()
  const { id, here, there } = props.parallel
  const { writingRoom } = view.get()
  return (
    <DisputeWordsForm
      documentId={here.documentId}
      passages={[here, there].map(({ documentId, editionId, start, end }) => ({
        documentId,
        editionId,
        start,
        end,
      }))}
      evidence={{ parallelId: id }}
      words={[here.exact, there.exact]}
      layer={writingRoom && { id: writingRoom.layerId, name: writingRoom.label }}
      onClose={props.onClose}
    />
  )
}
