import type { AnchorRow, WordsInPlace } from '#domain/wire/edition.ts'

const place: WordsInPlace = {
  before: 'It is ',
  words: 'not new',
  after: ' at all.',
  start: 6,
  end: 13,
  section: 1,
  paragraph: 2,
}

/** An uncertain passage of Anna's that the asker may decide; `change` says what is different. */
export function anAnchor(change: Partial<AnchorRow> = {}): AnchorRow {
  return {
    id: 'a1',
    passageId: 'p1',
    state: 'uncertain',
    confidence: 0.5,
    reason: 'second-best-near',
    decidedBy: null,
    decidedAt: null,
    version: 1,
    thread: { id: 't1', kind: 'note', layerId: 'l1', author: { id: 'anna', name: 'Anna' }, note: 'Really?' },
    // biome-ignore lint/suspicious/noThenProperty: the API says “then” and “now”; it is no function
    then: { ...place, edition: 1 },
    now: place,
    differences: [],
    may: { decide: true },
    ...change,
  }
}
