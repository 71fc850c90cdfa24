/**
 * What the server can do: one interface for each noun, in `contracts/`. Pages, the API, the socket and the command
 * line reach everything through these; each method takes the actor first, asks the policy, and throws AppError for
 * what is refused or cannot be. `server/services/*` implements them, `start-services.ts` puts them together.
 */
import type { AuthOptions } from 'next-auth'
import type { AccessService } from './contracts/access.ts'
import type { AccountLinkService } from './contracts/account-links.ts'
import type { AccountService } from './contracts/accounts.ts'
import type { AuditService } from './contracts/audit.ts'
import type { BackupService } from './contracts/backups.ts'
import type { DisputeService } from './contracts/disputes.ts'
import type { DocumentService } from './contracts/documents.ts'
import type { EditionService } from './contracts/editions.ts'
import type { FeedBus } from './contracts/feed.ts'
import type { FlagService } from './contracts/flags.ts'
import type { GroupService } from './contracts/groups.ts'
import type { IdentityService } from './contracts/identities.ts'
import type { LayerService } from './contracts/layers.ts'
import type { NoteService } from './contracts/notes.ts'
import type { OwnAccountService } from './contracts/own-account.ts'
import type { ParallelService } from './contracts/parallels.ts'
import type { ReplyService } from './contracts/replies.ts'
import type { ThreadService } from './contracts/threads.ts'
import type { VisitService } from './contracts/visits.ts'
import type { NoteWriterPort } from './note-writer.ts'

export interface Services {
  readonly access: AccessService
  readonly accounts: AccountService
  readonly ownAccount: OwnAccountService
  readonly accountLinks: AccountLinkService
  readonly identities: IdentityService
  readonly flags: FlagService
  readonly groups: GroupService
  readonly layers: LayerService
  readonly documents: DocumentService
  readonly editions: EditionService
  readonly threads: ThreadService
  readonly replies: ReplyService
  readonly disputes: DisputeService
  readonly notes: NoteService
  readonly visits: VisitService
  readonly audit: AuditService
  readonly parallels: ParallelService
  readonly backups: BackupService
  readonly feed: FeedBus
  readonly noteWriter: NoteWriterPort
  /** How many files are being read at this moment, and how many wait for it. */
  readonly importQueue: () => { readonly running: number; readonly waiting: number }
  /** Options of next-auth, made with this server's secret and accounts. */
  readonly authOptions: AuthOptions
}
