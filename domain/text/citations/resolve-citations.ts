/**
 * Finds the work that each citation of a document names. Works are known by their titles as the document writes them;
 * authors join them where a citation says so. A short form is resolved only where one work alone fits: an `Op. cit.` of
 * an author with two works, or one that may mean either of two authors named in its sentence, names none.
 */
import type { CitedWork, TextRange } from '../edition-text.ts'
import type { FoundCitation } from './find-citations.ts'
import type { Reference } from './list-references.ts'
import { isName, toNames, toSurname } from './read-citation.ts'

/** A citation with the number of the work it names, or null where that is not certain. */
export interface ResolvedCitation extends TextRange {
  readonly work: number | null
}

interface KnownWork {
  readonly number: number
  title: string
  authors: readonly string[]
  readonly citations: TextRange[]
  /** Words of the title, and those before citations of it alone: whoever they name may be its author. */
  readonly company: Set<string>
}

/** A bare `Op. cit.` this far from the citation before it is not of that work any more. */
const FAR = 1_000

/** Resolves the citations of one document, in order; `text` is its canonical text. */
export function resolveCitations(
  text: string,
  found: readonly FoundCitation[],
): { readonly works: readonly CitedWork[]; readonly citations: readonly ResolvedCitation[] } {
  const register = new WorkRegister(text, found)
  const citations = found.map((citation) => register.resolve(citation))
  return { works: register.list(), citations }
}

class WorkRegister {
  private readonly works: KnownWork[] = []
  private readonly byTitle = new TitleIndex()
  /** Last names of people that citations say are authors. */
  private readonly surnames: ReadonlySet<string>
  private knownLastNames: ReadonlySet<string> | null = null
  /** The work that was cited last; null when it was not certain. */
  private last: { readonly work: KnownWork | null; readonly end: number } | null = null

  constructor(
    private readonly text: string,
    found: readonly FoundCitation[],
  ) {
    this.surnames = new Set(found.flatMap(({ says }) => sayAuthors(says)).map(toSurname))
  }

  resolve(citation: FoundCitation): ResolvedCitation {
    const work = this.findWork(citation)
    const { start, end } = citation
    work?.citations.push({ start, end })
    this.last = { work, end }
    return { start, end, work: work?.number ?? null }
  }

  list(): CitedWork[] {
    return this.works.map(({ number, title, authors, citations }) => ({ number, title, authors, citations }))
  }

  private findWork(citation: FoundCitation): KnownWork | null {
    const { says } = citation
    switch (says.kind) {
      case 'ibid':
        return this.last?.work ?? null
      case 'cited-before':
        return says.authors.length > 0 ? this.findByAuthors(says.authors) : this.findByContext(citation)
      case 'work':
        return this.findByTitle(citation, says.parts)
      case 'listed':
        return this.findListed(says.references)
    }
  }

  /** The work of the list that author and year fit, if it is one alone; the same where it was cited by its title. */
  private findListed(references: readonly Reference[]): KnownWork | null {
    const [reference] = references
    if (!reference || references.length > 1) return null
    const { title, authors } = reference
    const fitting = this.byTitle.find(title).filter((work) => mayBeBy(authors, work.authors))
    if (fitting.length > 1) return null
    const known = fitting[0] ?? this.add(title, [])
    if (lengthOf(authors) > lengthOf(known.authors)) known.authors = authors
    return known
  }

  private findByAuthors(authors: readonly string[]): KnownWork | null {
    return this.onlyOne(this.worksOf(toSurname(authors.at(-1) ?? '')))
  }

  /** Works that a person is said to have written, or else the titles in whose company alone they are named. */
  private worksOf(surname: string): KnownWork[] {
    const said = this.works.filter(({ authors }) => authors.some((name) => toSurname(name) === surname))
    if (said.length > 0) return said
    return this.works.filter(({ authors, company }) => authors.length === 0 && company.has(surname))
  }

  private findByContext({ start, context }: FoundCitation): KnownWork | null {
    const words = wordsOf(context)
    const named = [...words].filter((word) => this.surnames.has(word))
    if (named.length > 0) return this.onlyOne([...new Set(named.flatMap((name) => this.worksOf(name)))])
    const last = this.last && start - this.last.end <= FAR ? this.last.work : null
    return last && this.speaksOfOthers(words, last) ? null : last
  }

  /** Whether words name people, and none of them is the author of this work or may be. */
  private speaksOfOthers(words: ReadonlySet<string>, { authors, company }: KnownWork): boolean {
    const people = [...words].filter((word) => this.isKnownPerson(word))
    const own = new Set(authors.map(toSurname))
    return people.length > 0 && !people.some((name) => (own.size > 0 ? own : company).has(name))
  }

  /** Somebody with a last name in this text, or with a book of that name about them. */
  private isKnownPerson(word: string): boolean {
    return this.lastNames().has(word) || this.byTitle.find(word).length > 0
  }

  private findByTitle(citation: FoundCitation, parts: readonly string[]): KnownWork | null {
    const { authors, title } = this.toAuthorsAndTitle(citation, parts)
    const fitting = this.byTitle.find(title).filter((work) => mayBeBy(authors, work.authors))
    if (fitting.length > 1) return null
    const [known] = fitting
    if (known) return this.learn(known, authors, citation.context)
    // `[Smith, p. 87]` names the one work of an author who was cited before.
    if (authors.length === 0 && isName(title) && this.surnames.has(toSurname(title))) {
      const byAuthor = this.works.filter((work) =>
        work.authors.some((name) => toSurname(name) === toSurname(title)),
      )
      if (byAuthor.length > 0) return this.onlyOne(byAuthor)
    }
    return this.learn(this.add(title, authors), authors, citation.context)
  }

  private add(title: string, authors: readonly string[]): KnownWork {
    const number = this.works.length + 1
    const made: KnownWork = { number, title, authors, citations: [], company: wordsOf(title) }
    this.works.push(made)
    this.byTitle.add(made)
    return made
  }

  private learn(work: KnownWork, authors: readonly string[], context: string): KnownWork {
    if (lengthOf(authors) > lengthOf(work.authors)) work.authors = authors
    if (authors.length === 0)
      for (const word of wordsOf(context.slice(-LONGEST_COMPANY))) work.company.add(word)
    return work
  }

  /** Italics or quotation marks show the title; else a name before a comma is the author. */
  private toAuthorsAndTitle({ emphasised, start, end }: FoundCitation, parts: readonly string[]) {
    const head = parts.join(', ')
    if (emphasised) {
      const title = tidy(this.text.slice(emphasised.start, emphasised.end))
      const authors = toNames(tidy(this.text.slice(start, emphasised.start)))
      if (authors && head.includes(title)) return { authors, title }
    }
    const quoted = /^(.*?)["“«]([^"”»]{3,})["”»]/u.exec(this.text.slice(start, end))
    if (quoted) return { authors: toNames(tidy(quoted[1] ?? '')) ?? [], title: tidy(quoted[2] ?? '') }
    const [first = '', ...rest] = parts
    const authors = rest.length > 0 ? toNames(first) : null
    const isAuthor = authors?.some((name) => name.includes(' ') || this.isPerson(name, rest.length)) ?? false
    return authors && isAuthor
      ? { authors, title: tidy(rest.join(', ')) }
      : { authors: [], title: tidy(head) }
  }

  /** A single word is a name before one title; before more commas it may be the first word of a title. */
  private isPerson(name: string, following: number): boolean {
    return following === 1 || this.lastNames().has(name.toLowerCase())
  }

  /** Words with a capital that stand after another one, as the last name of a person does; in small letters. */
  private lastNames(): ReadonlySet<string> {
    this.knownLastNames ??= new Set(
      Array.from(this.text.matchAll(/(?<=\p{Lu}(?:\p{Ll}+|\.) )\p{Lu}[\p{L}\p{M}-]+/gu), ([name]) =>
        name.toLowerCase(),
      ),
    )
    return this.knownLastNames
  }

  private onlyOne(works: readonly KnownWork[]): KnownWork | null {
    return works.length === 1 ? (works[0] ?? null) : null
  }
}

/** How far before a citation its author may be named. */
const LONGEST_COMPANY = 400

function sayAuthors(says: FoundCitation['says']): readonly string[] {
  if (says.kind === 'cited-before') return says.authors
  if (says.kind === 'listed') return says.references.flatMap(({ authors }) => authors)
  return says.kind === 'work' && says.parts.length > 1 ? (toNames(says.parts[0] ?? '') ?? []) : []
}

/** Works by their titles, and by the words before a colon in them. */
class TitleIndex {
  private readonly whole = new Map<string, KnownWork[]>()
  private readonly main = new Map<string, KnownWork[]>()

  add(work: KnownWork): void {
    append(this.whole, toKey(work.title), work)
    const main = toMainTitle(work.title)
    if (main !== null) append(this.main, main, work)
  }

  /** Works whose title this is: the whole one, or the words before the colon of either. */
  find(title: string): KnownWork[] {
    const key = toKey(title)
    const main = toMainTitle(title)
    const short = main === null ? [] : (this.whole.get(main) ?? [])
    return [...new Set([...(this.whole.get(key) ?? []), ...(this.main.get(key) ?? []), ...short])]
  }
}

function append(index: Map<string, KnownWork[]>, key: string, work: KnownWork): void {
  const works = index.get(key)
  if (works) works.push(work)
  else index.set(key, [work])
}

function toMainTitle(title: string): string | null {
  const main = /^([^:]+):/u.exec(title)?.[1]
  return main === undefined ? null : toKey(main)
}

function toKey(title: string): string {
  return title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/^(?:the|a|an)\s+/u, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The words of a text in small letters, without the `'s` of names. */
function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}[\p{L}\p{M}’'-]*/gu) ?? []
  return new Set(words.map((word) => word.replace(/[’']s?$/u, '')))
}

/** Whether a citation by these authors may be of a work by those: where both are said, one name must be the same. */
function mayBeBy(said: readonly string[], known: readonly string[]): boolean {
  if (said.length === 0 || known.length === 0) return true
  return said.some((name) => known.some((other) => toSurname(name) === toSurname(other)))
}

const tidy = (words: string) => words.replace(/\s+/gu, ' ').replace(/^["'“”‘’«\s,]+|["'“”‘’»\s,.:]+$/gu, '')

const lengthOf = (authors: readonly string[]) => authors.join(' ').length
