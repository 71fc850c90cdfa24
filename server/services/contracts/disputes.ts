/** Disputes: what is held about passages, with what for and against it, and how it ends. */
import type { Actor } from '#domain/policy/actor.ts'
import type { Dispute, DisputeMap, DisputeNews, DisputeSummary } from '#domain/wire/dispute.ts'
import type {
  DisputeChange,
  DisputeFilter,
  DisputeQuery,
  EvidenceChange,
  ExportFormat,
  NewDispute,
  NewDisputeOnPassage,
  NewDisputePassage,
  NewDisputeStatus,
  NewEvidence,
  NewPosition,
  NewStance,
  PositionChange,
} from '#domain/wire/dispute-requests.ts'
import type { Page, PersonRef } from '#domain/wire/shared.ts'
import type { IfMatch } from './if-match.ts'
import type { NoteVersionRow } from './notes.ts'

export interface DisputeService {
  /** Makes a dispute of a thread. Done again it answers the dispute that the thread is. */
  raise(actor: Actor, threadId: string, wanted: NewDispute): Promise<Dispute>
  /** Opens a thread on passages and makes a dispute of it. */
  open(actor: Actor, wanted: NewDisputeOnPassage): Promise<Dispute>
  get(actor: Actor, disputeId: string): Promise<Dispute>
  list(actor: Actor, query: DisputeQuery): Promise<Page<DisputeSummary>>
  /** Everybody who raised a dispute that the actor sees, stated a position in one, or openly holds one; by name. */
  people(actor: Actor): Promise<readonly PersonRef[]>
  /** Where along a document the disputes lie, and how divided each is and was from week to week. */
  map(actor: Actor, documentIdOrSlug: string): Promise<DisputeMap>
  /** Puts the question otherwise; the history keeps how it was put. */
  retitle(actor: Actor, disputeId: string, change: DisputeChange): Promise<Dispute>
  addPassage(actor: Actor, disputeId: string, wanted: NewDisputePassage): Promise<Dispute>
  removePassage(actor: Actor, disputeId: string, passageId: string): Promise<Dispute>
  addPosition(actor: Actor, disputeId: string, wanted: NewPosition): Promise<Dispute>
  /** Words it otherwise, withdraws it or takes it up again; the history keeps how it was worded. */
  changePosition(
    actor: Actor,
    disputeId: string,
    positionId: string,
    change: PositionChange,
  ): Promise<Dispute>
  /** What the note of a position said before. */
  noteVersions(actor: Actor, disputeId: string, positionId: string): Promise<readonly NoteVersionRow[]>
  /** Lets the note of a position say again what it said in a version, live for everyone. */
  restoreNote(actor: Actor, disputeId: string, positionId: string, version: number): Promise<Dispute>
  addEvidence(actor: Actor, disputeId: string, wanted: NewEvidence): Promise<Dispute>
  /** Moves evidence to another position or side, or changes what is said of it. */
  changeEvidence(
    actor: Actor,
    disputeId: string,
    evidenceId: string,
    change: EvidenceChange,
  ): Promise<Dispute>
  removeEvidence(actor: Actor, disputeId: string, evidenceId: string): Promise<Dispute>
  takeStance(actor: Actor, disputeId: string, stance: NewStance): Promise<Dispute>
  /** One step of the status machine. Throws `stale` when something happened since the version in `ifMatch`. */
  setStatus(actor: Actor, disputeId: string, wanted: NewDisputeStatus, ifMatch: IfMatch): Promise<Dispute>
  follow(actor: Actor, disputeId: string, wanted: boolean): Promise<Dispute>
  /** What is new in the disputes that they follow, the newest first. */
  news(actor: Actor): Promise<readonly DisputeNews[]>
  /** How much of it there is. */
  newsCount(actor: Actor): Promise<number>
  /** They have seen the dispute's events up to this number. */
  markSeen(actor: Actor, disputeId: string, number: number): Promise<void>
  /** A dispute, or all of the register that the filter keeps, as a file. */
  export(actor: Actor, which: string | DisputeFilter, format: ExportFormat): Promise<DisputeFile>
  /** The same as what the files are made of. */
  exported(actor: Actor, which: string | DisputeFilter): Promise<readonly Dispute[]>
}

/** A file that is made of disputes. */
export interface DisputeFile {
  readonly fileName: string
  readonly contentType: string
  readonly content: string
}
