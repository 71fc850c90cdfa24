/**
 * What the server can do: one interface for each noun. Pages, the API, the socket and the command line reach
 * everything through these; each method takes the actor first, asks the policy, and throws AppError for what is
 * refused or cannot be. `server/services/*` implements them, `start-services.ts` puts them together.
 */
import type { AuthOptions } from 'next-auth'
import type { NoteJson } from '#domain/note/note-json.ts'
import type { Actor, Person, Role } from '#domain/policy/actor.ts'
import type { Block, CitedWork, Section, TextRange } from '#domain/text/edition-text.ts'
import type { RepairKind } from '#domain/text/repairs.ts'
import type { TokenRow } from '#domain/wire/account.ts'
import type {
  CollectionProperties,
  Document,
  DocumentChange,
  DocumentProperties,
  EditionSummary,
  ImportedCollection,
  ImportedDocument,
  SourceFormat,
} from '#domain/wire/document.ts'
import type {
  AnchorDecision,
  AnchorList,
  AnchorQuery,
  AnchorRow,
  ComparisonQuery,
  Edition,
  EditionRepair,
  EditionReport,
  WhichAnchors,
} from '#domain/wire/edition.ts'
import type { FeedEvent, MarginRoomRef } from '#domain/wire/feed.ts'
import type {
  Group,
  GroupChange,
  Invitation,
  Layer,
  LayerChange,
  Me,
  NewGroup,
  NewInvitation,
  NewMember,
} from '#domain/wire/group.ts'
import type { EditionRef, Page, PersonRef } from '#domain/wire/shared.ts'
import type {
  NewReply,
  NewStatus,
  NewThread,
  Reply,
  ReplyChange,
  ThreadChange,
  ThreadList,
  ThreadQuery,
  ThreadWithReplies,
} from '#domain/wire/thread.ts'
import type { MadeBackup } from '../backup/make-file.ts'
import type { Restored } from '../backup/restore-file.ts'
import type { CollectionSource } from '../import/collection/collection.ts'
import type { NoteWriterPort } from './note-writer.ts'

export interface Services {
  readonly access: AccessService
  readonly accounts: AccountService
  readonly groups: GroupService
  readonly layers: LayerService
  readonly documents: DocumentService
  readonly editions: EditionService
  readonly threads: ThreadService
  readonly replies: ReplyService
  readonly notes: NoteService
  readonly visits: VisitService
  readonly backups: BackupService
  readonly feed: FeedBus
  readonly noteWriter: NoteWriterPort
  /** How many files are being read at this moment, and how many wait for it. */
  readonly importQueue: () => { readonly running: number; readonly waiting: number }
  /** Options of next-auth, made with this server's secret and accounts. */
  readonly authOptions: AuthOptions
}

/** What `PATCH` and `DELETE` were told in `If-Match`: the version last seen, or null when the header is absent. */
export type IfMatch = number | null

// ------------------------------------------------------------------ who asks

export interface AccessService {
  /** The person behind a session cookie or bearer token, looked up at every door; remembered for a second at most. */
  resolveActor(headers: Headers): Promise<Actor>
  /** The person behind an API token; anonymous when it is unknown, expired or revoked. */
  actorForToken(token: string): Promise<Actor>
  /** This person as an actor; anonymous when there is no such account, or it is disabled. */
  actorOf(userId: string): Promise<Actor>
  /** Forgets what is remembered and tells listeners whose rights may have changed. */
  changed(who: Affected): void
  /** Called with whose rights may have changed; returns the function that ends it. */
  onChange(listener: (who: Affected) => void): () => void
}

/** Whose rights may have changed: one person's, by id, or everyone's, as when a document is withdrawn. */
export type Affected = string | 'everyone'

export interface AccountService {
  /** Makes an account with its private layer. `password` null: the person cannot sign in by password yet. */
  create(actor: Actor | 'server', account: NewAccount): Promise<AccountRow>
  /** The person whose e-mail and password these are, or null; takes the same time either way. */
  verifyPassword(email: string, password: string): Promise<{ userId: string } | null>
  startSession(userId: string, userAgent: string | null): Promise<{ sessionId: string }>
  endSession(sessionId: string): Promise<void>
  list(actor: Actor): Promise<readonly AccountRow[]>
  /** Makes an API token; `token` is shown this once. */
  createToken(
    actor: Actor | 'server',
    token: { userId: string; name: string },
  ): Promise<{ id: string; token: string }>
  /** One's own tokens that are still valid, without their secrets. */
  tokens(actor: Actor): Promise<readonly TokenRow[]>
  /** Revokes one of one's own tokens, at once. */
  revokeToken(actor: Actor, tokenId: string): Promise<void>
  findByEmail(email: string): Promise<PersonRef | null>
  me(actor: Actor): Promise<Me>
  /** A one-time link for the first administrator when there is no account at all, else null. Path, not URL. */
  setupLink(): Promise<string | null>
  /** Makes the first administrator with the secret of the setup link. */
  setUp(secret: string, account: { email: string; name: string; password: string }): Promise<PersonRef>
}

export interface NewAccount {
  readonly email: string
  readonly name: string
  readonly password: string | null
  readonly admin?: boolean
}

export interface AccountRow extends PersonRef {
  readonly email: string
  readonly admin: boolean
  readonly createdAt: string
}

// ------------------------------------------------------------------ groups and layers

export interface GroupService {
  create(actor: Actor, group: NewGroup): Promise<Group>
  get(actor: Actor, groupIdOrSlug: string): Promise<Group>
  change(actor: Actor, groupId: string, change: GroupChange, ifMatch: IfMatch): Promise<Group>
  addMember(actor: Actor, groupId: string, member: NewMember): Promise<Group>
  changeMember(actor: Actor, groupId: string, userId: string, role: Role): Promise<Group>
  removeMember(actor: Actor, groupId: string, userId: string): Promise<void>
  invite(actor: Actor, groupId: string, invitation: NewInvitation): Promise<Invitation>
  /** What an invitation link offers, or null when it is unknown, used up, expired or revoked. */
  invitation(secret: string): Promise<{ groupName: string; role: Role } | null>
  /** Joins with an account that exists; joining twice changes nothing. */
  join(actor: Person, secret: string): Promise<{ groupSlug: string }>
  /** Makes an account and joins with it, in one transaction. */
  joinAsNewPerson(
    secret: string,
    account: { email: string; name: string; password: string },
  ): Promise<{ groupSlug: string; userId: string }>
}

export interface LayerService {
  change(actor: Actor, layerId: string, change: LayerChange, ifMatch: IfMatch): Promise<Layer>
  get(actor: Actor, layerId: string): Promise<Layer>
  /** The layers that the actor may read over this document, each with the groups in whose rooms they stand. */
  forDocument(actor: Actor, documentId: string): Promise<readonly ReaderLayer[]>
}

/** A layer as the reader offers it: one row for each group that lays it over the document. */
export interface ReaderLayer {
  readonly layer: Layer
  /** `noGroup` in a private layer. */
  readonly groupId: string
  readonly groupName: string | null
  readonly mayWrite: boolean
  readonly mayReply: boolean
}

// ------------------------------------------------------------------ corpus

export interface DocumentService {
  /** Brings a document in. Nothing of it exists for anyone until it is whole. */
  importDocument(actor: Actor, source: ImportRequest): Promise<ImportedDocument>
  /**
   * Brings in every text of a folder or ZIP, links between them included. Each file stands by itself: one that is
   * refused leaves nothing and the others come in; what makes the whole suspect refuses all.
   */
  importCollection(actor: Actor, collection: CollectionRequest): Promise<ImportedCollection>
  list(actor: Actor, query: { limit: number; cursor?: string; q?: string }): Promise<Page<Document>>
  get(actor: Actor, documentIdOrSlug: string): Promise<Document>
  change(actor: Actor, documentId: string, change: DocumentChange, ifMatch: IfMatch): Promise<Document>
  withdraw(actor: Actor, documentId: string, ifMatch: IfMatch): Promise<void>
  /** The canonical text of the current edition, or of edition `number`. */
  text(actor: Actor, documentId: string, number?: number): Promise<string>
  original(
    actor: Actor,
    documentId: string,
  ): Promise<{ bytes: Uint8Array; contentType: string; fileName: string }>
  /**
   * What the reader page shows: one section with its blocks, and the way to the others. Section numbers from 1. Of the
   * current edition, or of edition `number`; a preview is read by those who may change the document.
   */
  readSection(
    actor: Actor,
    slug: string,
    at: { section: number } | { offset: number } | { paragraph: number },
    number?: number,
  ): Promise<SectionView>
  /** Where a printed page begins, by its number as printed, in the current edition or in edition `number`. */
  findPage(actor: Actor, slug: string, label: string, number?: number): Promise<number>
  /** Where `words` stand in the whole edition, folded as quotes are matched; at most `limit` finds. */
  find(
    actor: Actor,
    documentId: string,
    words: string,
    limit: number,
    number?: number,
  ): Promise<{ total: number; finds: readonly Find[] }>
}

export interface ImportRequest {
  readonly bytes: Uint8Array
  /** Left out: told from the file name, the content type and the bytes. */
  readonly format?: SourceFormat
  readonly fileName?: string
  readonly contentType?: string
  readonly properties: DocumentProperties
  /** The repairs to make; all when left out. */
  readonly repairs?: readonly RepairKind[]
  readonly signal?: AbortSignal
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void
}

export interface CollectionRequest {
  readonly source: CollectionSource
  readonly properties: CollectionProperties
  readonly repairs?: readonly RepairKind[]
  readonly signal?: AbortSignal
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void
}

export interface SectionView {
  readonly document: Document
  /** The edition that the section belongs to; the current one is `document.edition`. */
  readonly edition: EditionSummary
  readonly section: Section
  /** All sections, for the way to the next and the table of contents. */
  readonly sections: readonly Section[]
  readonly blocks: readonly Block[]
  readonly contents: readonly ContentsEntry[]
  /** The works that the whole edition cites. */
  readonly works: readonly CitedWork[]
}

/** A line of the table of contents. */
export interface ContentsEntry {
  readonly title: string
  readonly level: number
  readonly blockIndex: number
  readonly section: number
}

/** A place where searched words stand, with a little of what is around them. */
export interface Find extends TextRange {
  readonly section: number
  readonly paragraph: number | null
  readonly before: string
  readonly match: string
  readonly after: string
}

/** New editions: previewed, published, rolled back; the passages that a person must look at; two editions side by side. */
export interface EditionService {
  /** Brings in a new edition and anchors every passage in it; nobody else sees it before it is published. */
  preview(actor: Actor, documentId: string, source: EditionRequest): Promise<EditionReport>
  /** The editions that the actor may see, the newest first: previews are for whoever may change the document. */
  list(actor: Actor, documentId: string): Promise<readonly Edition[]>
  /** Previews a new edition made of the original of edition `number` with other repairs: so each can be undone. */
  repeat(actor: Actor, documentId: string, number: number, again: RepeatedImport): Promise<EditionReport>
  /** How the passages stand in an edition, everybody's that the actor may read or only their own. */
  report(actor: Actor, documentId: string, number: number, which?: WhichAnchors): Promise<EditionReport>
  /** What the import repaired, each kind with the first of its places in words. */
  repairs(actor: Actor, documentId: string, number: number): Promise<readonly EditionRepair[]>
  /** Makes it current, with what was written since the preview anchored too. Publishing twice changes nothing. */
  publish(actor: Actor, documentId: string, number: number): Promise<Document>
  /** Goes back from edition `number`, the current one, to the one before; what was written meanwhile is anchored there. */
  rollBack(actor: Actor, documentId: string, number: number): Promise<Document>
  /** Throws away a preview in which nobody marked anything. */
  discard(actor: Actor, documentId: string, number: number): Promise<void>
  anchors(actor: Actor, documentId: string, number: number, query: AnchorQuery): Promise<AnchorList>
  anchor(actor: Actor, anchorId: string): Promise<AnchorRow>
  decide(actor: Actor, anchorId: string, decision: AnchorDecision, ifMatch: IfMatch): Promise<AnchorRow>
  /** One section of edition `number` beside what stands there in edition `query.with`. */
  compare(actor: Actor, documentId: string, number: number, query: ComparisonQuery): Promise<Comparison>
  original(
    actor: Actor,
    documentId: string,
    number: number,
  ): Promise<{ bytes: Uint8Array; contentType: string; fileName: string }>
}

/** How the original of an edition shall be read again. */
export interface RepeatedImport {
  /** Of the new edition; made up when it is left out. */
  readonly id?: string
  /** The repairs to make; the others are not made. */
  readonly repairs: readonly RepairKind[]
  readonly signal?: AbortSignal
}

/** The source of a new edition; what it says of title and authors is left aside. */
export type EditionRequest = Omit<ImportRequest, 'properties'> & { readonly id?: string }

/**
 * One section of an edition (`later`, whose sections these are) beside another (`earlier`): rows in the order of the
 * later one, what was removed at its place.
 */
export interface Comparison {
  readonly document: Document
  readonly earlier: Edition
  readonly later: Edition
  readonly section: Section
  readonly sections: readonly Section[]
  readonly rows: readonly ComparisonRow[]
}

/** Blocks that stand beside each other; a side is empty where the other edition has nothing. */
export interface ComparisonRow {
  readonly earlier: readonly Block[]
  readonly later: readonly Block[]
  /** Words that only the earlier side has, as ranges in its canonical text. */
  readonly removed: readonly TextRange[]
  /** Words that only the later side has, as ranges in its canonical text. */
  readonly added: readonly TextRange[]
  /** Whether these blocks stood elsewhere: `earlier` then has the place they came from. */
  readonly moved: boolean
}

// ------------------------------------------------------------------ threads

export interface ThreadService {
  create(actor: Actor, thread: NewThread): Promise<ThreadWithReplies>
  list(actor: Actor, documentId: string, query: ThreadQuery): Promise<ThreadList>
  get(actor: Actor, threadId: string): Promise<ThreadWithReplies>
  change(actor: Actor, threadId: string, change: ThreadChange, ifMatch: IfMatch): Promise<ThreadWithReplies>
  /** Leaves a tombstone while there are replies. */
  delete(actor: Actor, threadId: string, ifMatch: IfMatch): Promise<void>
  restore(actor: Actor, threadId: string): Promise<ThreadWithReplies>
  setStatus(actor: Actor, threadId: string, status: NewStatus): Promise<ThreadWithReplies>
  /** Releases drafts together: all or none. */
  post(actor: Actor, threadIds: readonly string[]): Promise<readonly ThreadWithReplies[]>
  /** What one recipient hears of an event in a margin room, or null when it is not for them. */
  presentEvent(actor: Actor, event: RoomEvent): Promise<FeedEvent | null>
}

export interface ReplyService {
  create(actor: Actor, threadId: string, reply: NewReply): Promise<Reply>
  change(actor: Actor, replyId: string, change: ReplyChange, ifMatch: IfMatch): Promise<Reply>
  delete(actor: Actor, replyId: string, ifMatch: IfMatch): Promise<void>
  restore(actor: Actor, replyId: string): Promise<Reply>
  history(
    actor: Actor,
    replyId: string,
  ): Promise<readonly { text: string; body: NoteJson; writtenAt: string }[]>
}

/** Margin notes: what the socket asks about them and their margins, where it leaves what it derived, and their history. */
export interface NoteService {
  /** Whether the actor may enter `note/<noteId>`, and write in it. Throws what `refuseUnread` says otherwise. */
  access(actor: Actor, noteId: string): Promise<{ threadId: string; mayWrite: boolean }>
  /** Throws unless the actor may be in this margin room. */
  enterMargin(actor: Actor, room: MarginRoomRef): Promise<void>
  /** Stores text and JSON derived from the log up to `position`, and tells the margin rooms. Older positions change nothing. */
  saveDerived(noteId: string, derived: { text: string; json: NoteJson; position: bigint }): Promise<void>
  versions(actor: Actor, threadId: string): Promise<readonly NoteVersionRow[]>
  /**
   * Makes a thread's note say what it said in that version, live for everyone who has it open; what it said before
   * becomes a version. Resolves once it is committed. Needs the socket: `unavailable` without a running server.
   */
  restoreVersion(actor: Actor, threadId: string, number: number): Promise<ThreadWithReplies>
}

export interface NoteVersionRow {
  readonly number: number
  readonly text: string
  readonly authors: readonly PersonRef[]
  readonly createdAt: string
}

export interface VisitService {
  /** Begins or goes on with a visit: where the person stopped, and since when what they see is new to them. */
  begin(actor: Person, documentId: string): Promise<{ position: number; unreadSince: string | null }>
  /** Remembers where they read now. */
  moved(actor: Person, documentId: string, position: number): Promise<void>
}

// ------------------------------------------------------------------ the whole server

/** Everything on the server in one file. For administrators. */
export interface BackupService {
  /**
   * Makes `file`, an absolute path where nothing is yet, as of one moment while people write; resolves once it was
   * read again and found whole. One at a time.
   */
  make(actor: Actor, file: string, onProgress: ProgressListener): Promise<MadeBackup>
  /** The same to be sent away: `stream` must be read or cancelled. */
  download(actor: Actor): Promise<{ stream: ReadableStream<Uint8Array>; bytes: number; fileName: string }>
  /** Restores `file` into this server, which must be empty and not serving. All or nothing. */
  restore(actor: Actor, file: string, onProgress: ProgressListener): Promise<Restored>
}

/** Hears the share that is done, 0 to 1, and what is being done. */
export type ProgressListener = (done: number, label: string) => void

// ------------------------------------------------------------------ what happened

/** An event with its place in one margin room, as it was committed. */
export interface RoomEvent {
  readonly room: MarginRoomRef
  readonly seq: number
  readonly epoch: string
  readonly kind: FeedEvent['kind']
  readonly threadId: string | null
  readonly replyId: string | null
  readonly actorId: string | null
  /** With `edition.published`: what is current from now on. */
  readonly edition?: EditionRef
}

/** Carries what was committed to whoever serves it, in this process. */
export interface FeedBus {
  /** Called by services while their transaction holds the rooms' locks, so that the order is right whenever the commit is heard of. */
  hold(events: readonly RoomEvent[]): HeldEvents
  /** Called by services after the commit, in order of `seq` within a room. */
  announce(events: readonly RoomEvent[]): void
  subscribe(listener: (events: readonly RoomEvent[]) => void): () => void
  /** A thread whose rights or state changed: note rooms of it ask again who may be in them. */
  announceThread(threadId: string): void
  subscribeThreads(listener: (threadId: string) => void): () => void
}

/** Events with their place in the order of their rooms, whose transaction is not committed yet. */
export interface HeldEvents {
  /** They happened: they are carried once all before them in their rooms are settled. */
  commit(): void
  /** They did not happen. */
  drop(): void
}
