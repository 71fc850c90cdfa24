'use client'

import { useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import styles from './gallery.module.css'
import { Icon } from './icon.tsx'
import { Menu } from './menu.tsx'
import { Popover } from './popover.tsx'
import { showToast } from './toast-list.ts'
import { Toasts } from './toasts.tsx'
import { Tooltip } from './tooltip.tsx'

/** What opens over the page, each with its opener. */
export function GalleryOverlays() {
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <div className={styles.row}>
      <Button onClick={() => setOpen(true)}>Dialog</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Delete this note?"
        description="Its replies stay, under a line that says it is gone."
        actions={
          <>
            <Button onClick={close}>Keep it</Button>
            <Button look="danger" onClick={close}>
              Delete
            </Button>
          </>
        }
      />
      <Menu
        trigger={<Button>Menu</Button>}
        items={[
          { label: 'Copy link', onSelect: close },
          { label: 'Edit', onSelect: close, disabled: true },
          { label: 'Delete', onSelect: close, danger: true },
        ]}
      />
      <Popover trigger={<Button>Popover</Button>} label="Filter">
        Only unresolved
      </Popover>
      <Tooltip text="More to do with this note">
        <Button look="plain" aria-label="More">
          <Icon name="more" />
        </Button>
      </Tooltip>
      <Button onClick={() => showToast({ text: 'Note deleted.', action: { label: 'Undo', run: close } })}>
        News
      </Button>
      <Button onClick={() => showToast({ text: 'It could not be deleted.', face: 'failed' })}>
        Bad news
      </Button>
      <Toasts />
    </div>
  )
}
