import type { Block } from '#domain/text/edition-text.ts'
import { renderBlocks } from '#domain/text/render-blocks.ts'
import './text.css'

/** The words of a text. Set once and never touched by React: highlights, selections and offsets rest on this DOM. */
export function SetText({
  blocks,
  idPrefix,
}: {
  readonly blocks: readonly Block[]
  readonly idPrefix?: string
}) {
  const html = renderBlocks(blocks, { idPrefix })
  // biome-ignore lint/security/noDangerouslySetInnerHtml: renderBlocks escapes everything that is not its own
  return <div data-text dangerouslySetInnerHTML={{ __html: html }} />
}
