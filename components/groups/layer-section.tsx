'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { Icon } from '#components/ui/icon.tsx'
import type { Layer } from '#domain/wire/group.ts'
import { attempt } from './attempt.ts'
import { fetchGroup, revealLayer } from './group-api.ts'
import type { GroupPart } from './group-part.ts'
import styles from './groups.module.css'
import { LayerDialog } from './layer-dialog.tsx'
import { layerWords } from './layer-words.ts'

/** The layers of a group: what holds in each, and, for who teaches it, how each is set. */
export function LayerSection({
  taught,
  ...part
}: GroupPart & { readonly taught: readonly { readonly id: string; readonly name: string }[] }) {
  const { group, rights, onGroup } = part
  const [editing, setEditing] = useState<Layer | 'new' | null>(null)
  const lookAgain = async () => onGroup(await fetchGroup(group.id))
  const reveal = (layer: Layer) =>
    attempt(async () => {
      await revealLayer(layer.id)
      await lookAgain()
    })
  return (
    <>
      <ul className={styles.plainList}>
        {group.layers.map((layer) => (
          <li key={layer.id} className={styles.pick}>
            <span>
              <bdi>{layer.name}</bdi>
              <span className={styles.says}>{layerWords(layer, layer.groups.length).join(' ')}</span>
              {layer.read === 'public' && (
                <a className={styles.says} href={`/commentary/${layer.id}`}>
                  Its public page
                </a>
              )}
            </span>
            {rights.mayAddLayers && layer.blind && !layer.revealedAt && (
              <Button aria-label={`Reveal “${layer.name}”`} onClick={() => void reveal(layer)}>
                Reveal
              </Button>
            )}
            {rights.mayAddLayers && (
              <Button aria-label={`Set “${layer.name}”`} onClick={() => setEditing(layer)}>
                Set…
              </Button>
            )}
          </li>
        ))}
      </ul>
      {rights.mayAddLayers && (
        <div className={form.buttons}>
          <Button onClick={() => setEditing('new')}>
            <Icon name="add" /> Add a layer
          </Button>
        </div>
      )}
      <LayerDialog
        group={group}
        taught={taught}
        layer={editing === 'new' ? null : editing}
        open={editing !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) setEditing(null)
        }}
        onDone={lookAgain}
      />
    </>
  )
}
