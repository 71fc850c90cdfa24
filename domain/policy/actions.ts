/** Everything that somebody may want to do, each with the facts that it is decided on. */
import type { Role } from './actor.ts'
import type {
  DisputeFacts,
  DocumentFacts,
  GroupFacts,
  LayerFacts,
  ParallelFacts,
  ReplyFacts,
  ThreadFacts,
} from './subjects.ts'

/** The facts each action is decided on. */
export interface SubjectOf {
  'server.administer': null
  'audit.read': null
  'account.change': { readonly userId: string }
  'document.import': null
  'document.make-public': null
  'document.read': DocumentFacts
  'document.change': DocumentFacts
  'parallel.read': ParallelFacts
  'parallel.dismiss': ParallelFacts
  'group.create': null
  'group.read': GroupFacts
  'group.change': GroupFacts
  'group.archive': GroupFacts
  'group.invite': GroupFacts & { readonly role: Role }
  'group.set-role': GroupFacts & { readonly from: Role; readonly to: Role }
  'group.mute-member': GroupFacts & { readonly role: Role; readonly userId: string }
  'group.remove-member': GroupFacts & { readonly role: Role; readonly userId: string }
  'group.change-readings': GroupFacts
  'group.moderate': GroupFacts
  'group.read-audit': GroupFacts
  'layer.add': GroupFacts
  'layer.read': LayerFacts
  'layer.write': LayerFacts
  'layer.change': LayerFacts
  'layer.reveal': LayerFacts
  'thread.read': ThreadFacts
  'thread.change': ThreadFacts
  'thread.organize': ThreadFacts
  'thread.moderate': ThreadFacts
  'thread.flag': ThreadFacts
  'thread.take': ThreadFacts
  'thread.move': ThreadFacts & { readonly to: LayerFacts }
  'thread.copy': ThreadFacts & { readonly to: LayerFacts }
  'passage.place': ThreadFacts
  'thread.reply': ThreadFacts & { readonly groupId: string | null }
  'note.write': ThreadFacts
  'reply.read': ReplyFacts
  'reply.change': ReplyFacts
  'reply.delete': ReplyFacts
  'reply.moderate': ReplyFacts
  'dispute.raise': ThreadFacts
  'dispute.take-part': ThreadFacts
  'stance.take': ThreadFacts
  'dispute.arbitrate': DisputeFacts
  'position.write': ThreadFacts & { readonly holds: boolean }
  'position.change': DisputeFacts & { readonly authorId: string }
  'evidence.change': DisputeFacts & { readonly authorId: string }
  'stance.read': ThreadFacts & { readonly holderId: string }
}

/** Something that is allowed or not. */
export type Action = keyof SubjectOf
