import type { Reanchored } from '#domain/anchoring/reanchored.ts'

/**
 * Editions in small. In each text `[…]` marks the passage: in the old text as it was marked, in the new one where it
 * must be found, or, with nothing in it, the gap it must be orphaned at. `~` in the new text says that no place is
 * asked for (the state alone counts).
 */
export interface ReanchorCase {
  readonly rule: string
  readonly old: string
  readonly renewed: string
  readonly states: readonly Reanchored['state'][]
}

const OPENING = 'The assembly met in the morning and heard the report of its secretary about the harvest.'
const CLOSING = 'Nobody spoke against the motion, which was carried before the lamps were lit that evening.'
const framed = (words: string): string => `${OPENING}\n${words}\n${CLOSING}`

const flip = (rule: string, old: string, renewed: string): ReanchorCase => ({
  rule,
  old: framed(old),
  renewed: framed(renewed),
  states: ['changed'],
})

/** What turns the meaning round must never pass for the same words. */
export const FLIPS: readonly ReanchorCase[] = [
  flip(
    'a negation put in',
    'The letter [was written by Engels] himself, they say.',
    'The letter [was not written by Engels] himself, they say.',
  ),
  flip(
    'a negation taken out',
    'They [did not vote for the law] that year.',
    'They [did vote for the law] that year.',
  ),
  flip(
    'a contracted negation',
    'They [could agree to the terms] that year.',
    "They [couldn't agree to the terms] that year.",
  ),
  flip(
    'a prefix that negates',
    'The meeting was [a legal gathering of workers] there.',
    'The meeting was [a illegal gathering of workers] there.',
  ),
  flip(
    'a year',
    'It was [published in 1917 in Berlin] first.',
    'It was [published in 1918 in Berlin] first.',
  ),
  flip(
    'a figure',
    'The party had [240,000 members in all] then.',
    'The party had [24,000 members in all] then.',
  ),
  flip(
    'a name',
    'So it was [decided by Lenin alone] that night.',
    'So it was [decided by Lenina alone] that night.',
  ),
  flip(
    'another name',
    'So it was [decided by Martov alone] that night.',
    'So it was [decided by Trotsky alone] that night.',
  ),
  flip(
    'a capital letter',
    'He spoke of [the will of the party] at length.',
    'He spoke of [the will of the Party] at length.',
  ),
  flip('an accent', 'They asked [ou se trouve la salle] today.', 'They asked [où se trouve la salle] today.'),
  flip(
    'a superscript',
    'The area was [x2 in the first table] there.',
    'The area was [x² in the first table] there.',
  ),
  flip(
    'a mark in the middle',
    'They answered: [no mercy can be given] to them.',
    'They answered: [no, mercy can be given] to them.',
  ),
]

/** What printers and editors change without changing a word. */
export const SAME: readonly ReanchorCase[] = [
  {
    rule: 'quote marks',
    old: framed('He called it "[a "great" leap] forward" then.'),
    renewed: `${framed('He called it “[a “great” leap] forward” then.')} More.`,
    states: ['exact'],
  },
  {
    rule: 'dashes and spaces',
    old: framed('So they [went -- all of\nthem -- home] again.'),
    renewed: framed('And they [went — all  of them — home] again.'),
    states: ['exact'],
  },
  {
    rule: 'ligatures and soft hyphens',
    old: framed('It was [an efficient organisation] then.'),
    renewed: framed('This was [an eﬃcient organi\u00adsation] then.'),
    states: ['exact'],
  },
  {
    rule: 'the normal form',
    old: framed('They met [at the café of the été] then.'),
    renewed: framed('All met [at the cafe\u0301 of the e\u0301te\u0301] then.'),
    states: ['exact'],
  },
  {
    rule: 'words put in before and behind',
    old: framed('They [met in the old hall] again.'),
    renewed: framed('Then they all [met in the old hall] twice again.'),
    states: ['exact'],
  },
]

const VERDICT = 'The committee was dissolved by order of the new government in the spring.'
const LOOK_ALIKE = 'The committee was founded by order of the old government in the autumn.'
const BETWEEN = 'Years went by, and the harbour filled with foreign ships once more.'

/** What was deleted must be orphaned where it was, however much something else resembles it. */
export const DELETED: readonly ReanchorCase[] = [
  {
    rule: 'a sentence with a look-alike elsewhere',
    old: `${framed(`[${VERDICT}]`)}\n${BETWEEN}\n${LOOK_ALIKE}`,
    renewed: `${framed('[]')}\n${BETWEEN}\n${LOOK_ALIKE}`,
    states: ['orphaned'],
  },
  {
    rule: 'a sentence, with its negation elsewhere',
    old: `${framed('[It was written by Engels.]')}\n${BETWEEN}\nIt was not written by Engels.`,
    renewed: `${framed('[]')}\n${BETWEEN}\nIt was not written by Engels.`,
    states: ['orphaned'],
  },
  {
    rule: 'a sentence whose twin lives on',
    old: `${framed(`[${VERDICT}]`)}\n${BETWEEN}\n${VERDICT}`,
    renewed: `${framed('[]')}\n${BETWEEN}\n${VERDICT}`,
    states: ['orphaned'],
  },
  {
    rule: 'words of a deleted sentence that stand elsewhere too',
    old: `${framed('They gave [the order of the day] to the guards at once.')}\n${BETWEEN}\nThis was the order of the day.`,
    renewed: `${framed('[]')}\n${BETWEEN}\nThis was the order of the day.`,
    states: ['orphaned'],
  },
  {
    rule: 'a sentence with another in its place',
    old: framed(`[${VERDICT}]`),
    renewed: framed('[Meanwhile prices of bread rose in every town along both rivers.]~'),
    states: ['orphaned'],
  },
  {
    rule: 'a single word',
    old: framed('They were [definitely] going home on foot.'),
    renewed: framed('They were[ ]going home on foot.'),
    states: ['orphaned'],
  },
  { rule: 'everything', old: framed(`[${VERDICT}]`), renewed: '[]', states: ['orphaned'] },
]

const ESSAY = [
  'Lamps were lit along the quay when the first boats came home with herring and salt.',
  'A clerk wrote down each barrel, its owner and its weight in a ledger bound in green.',
  'Upstairs two merchants argued about insurance, tariffs and the price of northern timber.',
  'Children carried messages between the warehouse and the telegraph office until midnight.',
]

/** What was moved, and what cannot be told. */
export const MOVED_OR_UNSURE: readonly ReanchorCase[] = [
  {
    rule: 'a sentence moved with its paragraph is moved',
    old: [
      ESSAY[0],
      `A clerk wrote down [each barrel, its owner and its weight] in a ledger bound in green.`,
      ESSAY[2],
      ESSAY[3],
    ].join('\n'),
    renewed: [
      ESSAY[0],
      ESSAY[2],
      ESSAY[3],
      `A clerk wrote down [each barrel, its owner and its weight] in a ledger bound in green.`,
    ].join('\n'),
    states: ['moved'],
  },
  {
    rule: 'a sentence moved and edited is changed',
    old: [
      ESSAY[0],
      `A clerk wrote down [each barrel, its owner and its weight] in a ledger bound in green.`,
      ESSAY[2],
      ESSAY[3],
    ].join('\n'),
    renewed: [
      ESSAY[0],
      ESSAY[2],
      ESSAY[3],
      `A clerk wrote down [each barrel, its buyer and its weight] in a ledger bound in green.`,
    ].join('\n'),
    states: ['changed'],
  },
  {
    rule: 'one of three equal verses deleted: which, nobody can tell',
    old: `${OPENING}\nSing ho for the sea.\n[Sing ho for the sea.]\nSing ho for the sea.\n${CLOSING}`,
    renewed: `${OPENING}\nSing ho for the sea.\nSing ho for the sea.\n${CLOSING}~`,
    states: ['uncertain'],
  },
  {
    rule: 'a word with another in its place is for a person to judge',
    old: framed('So it was decided by [Martov] alone that night.'),
    renewed: framed('So it was decided by [Trotsky] alone that night.'),
    states: ['uncertain', 'changed'],
  },
  {
    rule: 'a short quotation whose surroundings are all gone is not put on the same words elsewhere',
    old: `They took [the train] from the capital after dinner.\n${BETWEEN}`,
    renewed: `Somebody had painted the train bright yellow overnight!~\n${CLOSING}`,
    states: ['orphaned', 'uncertain'],
  },
  {
    rule: 'marks outlive a deleted word at the beginning, and are the passage’s still',
    old: framed('It was also required to ["control" the working class] there.'),
    renewed: framed('It was also required to ["" the working class] there.'),
    states: ['changed'],
  },
  {
    rule: 'a full stop that closed the sentence before is not taken in for that of a deleted one',
    old: framed('So they all went home. [He slept. The next day came with rain] and wind.'),
    renewed: framed('So they all went home. [The next day came with rain] and wind.'),
    states: ['changed'],
  },
  {
    rule: 'a replaced word at the end is taken in where its full stop is there still',
    old: framed('They met again in [the old hall by the river.]'),
    renewed: framed('They met again in [the old hall by the harbour.]'),
    states: ['changed'],
  },
  {
    rule: 'a long passage that lives on is its own witness where its neighbours were deleted',
    old: `${OPENING}\n[${VERDICT} ${BETWEEN}]\n${CLOSING}`,
    renewed: `Preface~ of another kind, with nothing from before in it at all.\n${VERDICT} ${BETWEEN}\nAnd an end unlike any other that was printed.`,
    states: ['exact', 'moved'],
  },
  {
    rule: 'Chinese, which has no spaces',
    old: '昔者莊周夢為胡蝶，栩栩然胡蝶也，[自喻適志與]，不知周也。俄然覺，則蘧蘧然周也。',
    renewed: '昔者莊周夢為胡蝶，栩栩然胡蝶也，真是蝶，[自喻適志與]，不知周也。俄然覺，則蘧蘧然周也。',
    states: ['exact'],
  },
]
