import type { BlockForm } from './edition-text.ts'

type Frame =
  | { readonly kind: 'quotation' }
  | { readonly kind: 'list'; readonly depth: number; readonly isOrdered: boolean; lastOrdinal: number | null }

/**
 * The lists and quotations that are open while blocks are rendered one after the other. A block says only how deep it
 * stands; this opens and closes what HTML wants around it.
 */
export class Nesting {
  readonly html: string[] = []
  private readonly open: Frame[] = []

  /** Opens and closes until a block of this form may follow. */
  enter(form: BlockForm): void {
    if (form.kind === 'quotation') this.enterQuotation(form.depth)
    else if (form.kind === 'verse') this.enterQuotation(form.depth ?? 0)
    else if (form.kind === 'list-item') this.enterListItem(form)
    else this.leaveAll()
  }

  leaveAll(): void {
    this.leaveTo(0)
  }

  private enterQuotation(depth: number): void {
    const quotations = this.open.filter((frame) => frame.kind === 'quotation').length
    this.leaveTo(Math.min(quotations === this.open.length ? quotations : 0, depth))
    while (this.open.length < depth) {
      this.html.push('<blockquote class="quotation">')
      this.open.push({ kind: 'quotation' })
    }
  }

  /** An item whose parents are not here goes only as deep as it can: a list stands inside an item. */
  private enterListItem(form: Extract<BlockForm, { kind: 'list-item' }>): void {
    if (this.open[0]?.kind === 'quotation') this.leaveAll()
    while (this.listDepth() > form.depth) this.leaveTo(this.open.length - 1)
    const isOrdered = form.ordinal !== null
    const current = this.open.at(-1)
    if (current?.kind === 'list' && current.depth === form.depth) {
      if (form.continued) return
      if (current.isOrdered === isOrdered) {
        this.html.push('</li>', openItem(form.ordinal, current.lastOrdinal))
        current.lastOrdinal = form.ordinal
        return
      }
      this.leaveTo(this.open.length - 1)
    }
    const start = form.ordinal === null || form.ordinal === 1 ? '' : ` start="${form.ordinal}"`
    this.html.push(isOrdered ? `<ol class="list"${start}>` : '<ul class="list">')
    this.html.push(form.continued ? '<li class="unmarked">' : '<li>')
    this.open.push({ kind: 'list', depth: form.depth, isOrdered, lastOrdinal: form.ordinal })
  }

  private listDepth(): number {
    const frame = this.open.at(-1)
    return frame?.kind === 'list' ? frame.depth : 0
  }

  private leaveTo(depth: number): void {
    while (this.open.length > depth) {
      const frame = this.open.pop()
      if (frame?.kind === 'quotation') this.html.push('</blockquote>')
      else if (frame) this.html.push(frame.isOrdered ? '</li></ol>' : '</li></ul>')
    }
  }
}

function openItem(ordinal: number | null, last: number | null): string {
  return ordinal === null || ordinal === (last ?? 0) + 1 ? '<li>' : `<li value="${ordinal}">`
}
