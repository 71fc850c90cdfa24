import { DisputeWordsForm } from '#components/disputes/dispute-words-form.tsx'
import { useReader } from './reader-context.ts'
import type { SelectedWords } from './reader-view.ts'

/** Takes selected words into a dispute. */
export function DisputeSelection(props: { readonly selected: SelectedWords; readonly onClose: () => void }) {
  const { data, view } = useReader()
  const { range, words } = props.selected
  const { id, edition } = data.document
  const { writingRoom } = view.get()
  const passage = { documentId: id, editionId: edition.id, start: range.start, end: range.end }
  return (
    <DisputeWordsForm
      documentId={id}
      passages={[passage]}
      evidence={{ passage }}
      words={[words]}
      layer={writingRoom && { id: writingRoom.layerId, name: writingRoom.label }}
      onClose={props.onClose}
    />
  )
}
