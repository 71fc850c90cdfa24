/**
 * Writing passages with a place in the edition that is current when they are written. They are placed before, which
 * reads texts; if another edition is published in between, they are carried over to it and the writing begins anew. The other editions follow.
 */
import { AppError } from '#domain/app-error.ts'
import { keepCurrentEditions } from '../db/current-edition.ts'
import type { Tx } from '../db/database.ts'
import type { NextPassage, PlacedPassage } from '../db/passages.ts'
import { findDocumentSubject } from '../db/subjects.ts'
import type { ServiceContext } from './context.ts'
import { keepAnchored } from './keep-anchored.ts'
import { carryOver } from './place-passages.ts'

const attempts = 5

/** Inside a transaction that writes passages: another edition than the ones they are placed in is current. */
class EditionChanged extends Error {}

/** Runs `write`, whose transaction calls `keepPlaces`, with passages that have their places; again when these changed. */
export async function placeAndWrite<P extends NextPassage, T>(
  context: ServiceContext,
  passages: readonly P[],
  write: (placed: readonly P[]) => Promise<T>,
): Promise<T> {
  let placed = passages
  for (let attempt = 1; ; attempt++) {
    try {
      const written = await write(placed)
      keepAnchored(context, documentsOf(placed))
      return written
    } catch (error) {
      if (!(error instanceof EditionChanged)) throw error
      if (attempt === attempts) throw new AppError('conflict', 'The text is changing: try again.')
      placed = await Promise.all(placed.map((passage) => bringForward(context, passage)))
    }
  }
}

/** Keeps the current editions of the passages' documents until the transaction ends; makes `placeAndWrite` begin anew where a passage has no place in one. */
export async function keepPlaces(tx: Tx, passages: readonly NextPassage[]): Promise<void> {
  const placed = passages.flatMap((passage) => ('kept' in passage ? [] : [passage]))
  const current = await keepCurrentEditions(
    tx,
    placed.map(({ documentId }) => documentId),
  )
  if (!placed.every((passage) => isPlacedIn(passage, current.get(passage.documentId))))
    throw new EditionChanged()
}

const documentsOf = (passages: readonly NextPassage[]): string[] =>
  passages.flatMap((passage) => ('kept' in passage ? [] : passage.documentId))

async function bringForward<P extends NextPassage>(context: ServiceContext, passage: P): Promise<P> {
  if ('kept' in passage) return passage
  const document = await findDocumentSubject(context.database.db, passage.documentId)
  if (!document || isPlacedIn(passage, document.currentEditionId)) return passage
  const anchor = await carryOver(context, passage, document.currentEditionId)
  return { ...passage, anchors: [...passage.anchors, anchor] }
}

const isPlacedIn = ({ anchors }: PlacedPassage, editionId: string | null | undefined) =>
  anchors.some((anchor) => anchor.editionId === editionId)
