import type { Block } from '#domain/text/edition-text.ts'
import { renderBlocks } from '#domain/text/render-blocks.ts'
import './highlights.css'
import './text.css'

/** The words of a text. Set once and never touched by React: highlights, selections and offsets rest on this DOM. */
export function SetText({
  blocks,
  idPrefix,
  hasWorks,
}: {
  readonly blocks: readonly Block[]
  readonly idPrefix?: string
  /** Whether the page lists the works cited, so that citations lead there. */
  readonly hasWorks?: boolean
}) {
  const html = renderBlocks(blocks, { idPrefix, hasWorks })
  // biome-ignore lint/security/noDangerouslySetInnerHtml: renderBlocks escapes everything that is not its own
  return <div data-text dangerouslySetInnerHTML={{ __html: html }} />
}
