/** Puts the services together. Order matters only where one is made with another. */
import { createAuthOptions } from '../auth/auth-options.ts'
import { createAccessService } from './access.ts'
import { createAccountLinkService } from './account-links.ts'
import { createAccountService } from './accounts.ts'
import { createAuditService } from './audit.ts'
import { createBackupService } from './backups.ts'
import type { ServiceContext } from './context.ts'
import { createDisputeService } from './disputes.ts'
import { createDocumentService } from './documents.ts'
import { createEditionService } from './editions.ts'
import { createFeedBus } from './feed-bus.ts'
import { createFlagService } from './flags.ts'
import { createGroupService } from './groups.ts'
import { createIdentityService } from './identities.ts'
import { createLayerService } from './layers.ts'
import { createNoteWriterPort } from './note-writer.ts'
import { createNoteService } from './notes.ts'
import { createOwnAccountService } from './own-account.ts'
import { createParallelService } from './parallels.ts'
import { createReplyService } from './replies.ts'
import type { Services } from './services.ts'
import { createThreadService } from './threads.ts'
import { createTurns } from './turns.ts'
import { createVisitService } from './visits.ts'

/** Reading a file takes a thread and much memory, so that only so many are read at a time. */
const importsAtOnce = 2

/** All services over one database. */
export function startServices(context: ServiceContext): Services {
  const feed = createFeedBus(context.log)
  const noteWriter = createNoteWriterPort()
  const access = createAccessService(context)
  const accounts = createAccountService(context, access)
  const identities = createIdentityService(context, access)
  const accountLinks = createAccountLinkService(context, access)
  const imports = createTurns(importsAtOnce)
  return {
    access,
    accounts,
    ownAccount: createOwnAccountService(context, access),
    identities,
    accountLinks,
    flags: createFlagService(context),
    groups: createGroupService(context, access, accounts, accountLinks),
    layers: createLayerService(context, access, feed),
    documents: createDocumentService(context, access, imports),
    editions: createEditionService(context, feed, imports),
    threads: createThreadService(context, feed),
    replies: createReplyService(context, feed),
    disputes: createDisputeService(context, feed, noteWriter),
    notes: createNoteService(context, feed, noteWriter),
    visits: createVisitService(context),
    audit: createAuditService(context),
    parallels: createParallelService(context),
    backups: createBackupService(context, access),
    feed,
    importQueue: () => imports.length,
    noteWriter,
    authOptions: createAuthOptions(context, accounts, identities),
  }
}
