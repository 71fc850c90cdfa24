import type { XmlElement } from './xml-tree.ts'

/** The notes of a TEI file: which a mark elsewhere calls, and what each that was called is labelled. */
export class TeiNotes {
  private readonly byId = new Map<string, XmlElement>()
  private readonly called = new Set<XmlElement>()
  private readonly labels = new Map<XmlElement, string>()
  private pending: XmlElement[] = []

  constructor(elements: readonly XmlElement[]) {
    for (const element of elements)
      if (element.name === 'note' && element.attributes['xml:id'])
        this.byId.set(element.attributes['xml:id'], element)
    for (const element of elements) {
      const note = this.calledBy(element)
      if (note) this.called.add(note)
    }
  }

  /** The note that a `ref` or `ptr` calls. */
  calledBy({ name, attributes }: XmlElement): XmlElement | null {
    if (name !== 'ref' && name !== 'ptr') return null
    const id = /^#(.+)$/.exec(attributes.target ?? '')?.[1]
    return (id && this.byId.get(id)) || null
  }

  isCalledElsewhere(note: XmlElement): boolean {
    return this.called.has(note)
  }

  /** The label of a note, by the order of first calls; one that is called for the first time waits to be taken. */
  call(note: XmlElement): string {
    const known = this.labels.get(note)
    if (known !== undefined) return known
    const label = `${this.labels.size + 1}`
    this.labels.set(note, label)
    this.pending.push(note)
    return label
  }

  /** The notes called since the last time, with their labels. */
  takeCalled(): { note: XmlElement; label: string }[] {
    return this.pending.splice(0).map((note) => ({ note, label: this.labels.get(note) ?? '' }))
  }
}
