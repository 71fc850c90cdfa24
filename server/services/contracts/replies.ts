/** Replies in threads. */
import type { NoteJson } from '#domain/note/note-json.ts'
import type { Actor } from '#domain/policy/actor.ts'
import type { NewReply, Reply, ReplyChange, ReplyModeration } from '#domain/wire/thread.ts'
import type { IfMatch } from './if-match.ts'

export interface ReplyService {
  create(actor: Actor, threadId: string, reply: NewReply): Promise<Reply>
  change(actor: Actor, replyId: string, change: ReplyChange, ifMatch: IfMatch): Promise<Reply>
  delete(actor: Actor, replyId: string, ifMatch: IfMatch): Promise<void>
  restore(actor: Actor, replyId: string): Promise<Reply>
  /** Hides a reply for a reason, or shows it again. */
  moderate(actor: Actor, replyId: string, deed: ReplyModeration): Promise<Reply>
  history(
    actor: Actor,
    replyId: string,
  ): Promise<readonly { text: string; body: NoteJson; writtenAt: string }[]>
}
