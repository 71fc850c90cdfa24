import type { ReactNode } from 'react'
import { Avatar } from './avatar.tsx'
import { Button } from './button.tsx'
import { ButtonLink } from './button-link.tsx'
import { CopyButton } from './copy-button.tsx'
import styles from './gallery.module.css'
import { GalleryOverlays } from './gallery-overlays.tsx'
import { LoadingLines } from './loading-lines.tsx'
import { Notice } from './notice.tsx'
import { Page, PageSection } from './page.tsx'
import { Progress } from './progress.tsx'
import { Select } from './select.tsx'
import { SiteHeader } from './site-header.tsx'
import { TextArea, TextField } from './text-field.tsx'

const longName = 'Maria Wilhelmina Konstantinopolska-Featherstonehaugh von und zu Hohenlohe-Schillingsfürst'
const rightToLeft = 'موسى بن ميمون'
const preferences = { theme: 'system', textSize: 'medium' } as const
const roles = [
  { value: 'reader', label: 'Reader' },
  { value: 'observer', label: 'Observer' },
]

/** Every part of the kit in every state it can be in. */
export function Gallery() {
  return (
    <>
      <SiteHeader
        person={{ userId: 'someone', name: longName, email: 'maria@example.org', admin: true }}
        preferences={preferences}
        signOutToken={null}
        news={3}
      />
      <Page title="Gallery" lead="Each part in each state." actions={<Button look="primary">Primary</Button>}>
        <PageSection title="Type">
          <Type />
        </PageSection>
        <PageSection title="Colours">
          <Colours />
        </PageSection>
        <PageSection title="Buttons">
          <Row>
            <Button look="primary">Primary</Button>
            <Button>Quiet</Button>
            <Button look="plain">Plain</Button>
            <Button look="danger">Danger</Button>
            <ButtonLink href="#main">Link</ButtonLink>
            <Button look="primary" busy>
              Saving…
            </Button>
            <Button disabled>Disabled</Button>
            <CopyButton text="https://example.org/" what="link" />
          </Row>
        </PageSection>
        <PageSection title="Fields">
          <Fields />
        </PageSection>
        <PageSection title="Notices">
          <Notices />
        </PageSection>
        <PageSection title="People">
          <Row>
            <Avatar name="Ida Lund" color="var(--layer-1)" />
            <Avatar name="Plato" color="var(--layer-3)" />
            <Avatar name={rightToLeft} color="var(--layer-5)" />
            <Avatar name={longName} color="var(--layer-4)" writing />
            <Avatar name="…" />
          </Row>
        </PageSection>
        <PageSection title="Progress and loading">
          <Stack>
            <Progress label="middlemarch.html" done={0.42} />
            <Progress label={`${longName}.txt`} done={1} />
            <Progress label="Reading the text" done={null} />
            <LoadingLines label="Loading the margin" lines={3} />
          </Stack>
        </PageSection>
        <PageSection title="Overlays">
          <GalleryOverlays />
        </PageSection>
      </Page>
    </>
  )
}

function Type() {
  return (
    <div className={styles.text}>
      <p>
        “Reading maketh a full man; conference a ready man; and writing an exact man.” In <em>1597</em>, and
        again in 1612 and 1625, the essay grew — by <strong>margins</strong> first. <span>Acts ii. 4</span>
      </p>
      <p lang="ar" dir="auto">
        {rightToLeft}
      </p>
    </div>
  )
}

function Colours() {
  return (
    <ul className={styles.colours}>
      {[1, 2, 3, 4, 5, 6].map((layer) => (
        <li key={layer} style={{ color: `var(--layer-${layer})`, borderColor: `var(--layer-${layer})` }}>
          Layer {layer} <mark style={{ background: `var(--layer-${layer}-soft)` }}>its passage</mark>
        </li>
      ))}
    </ul>
  )
}

function Fields() {
  return (
    <Stack>
      <TextField label="Name" hint="As others will see it." />
      <TextField label="Long name" defaultValue={longName} />
      <TextField label="Right to left" defaultValue={rightToLeft} />
      <TextField label="E-mail" type="email" defaultValue="nobody@" error="This is no e-mail address." />
      <TextField label="Read only" readOnly defaultValue="cannot be changed" />
      <Select label="Role" options={roles} hint="Observers read and do not write." />
      <TextArea label="Text" rows={3} defaultValue="One line, and another." />
    </Stack>
  )
}

function Notices() {
  return (
    <Stack>
      <Notice face="empty" title="Nothing here yet" actions={<Button>Add the first</Button>} heading="h3">
        What is added will stand here.
      </Notice>
      <Notice face="refused" title="Not for you" heading="h3">
        This is kept for a group.
      </Notice>
      <Notice face="failed" title="It did not work" heading="h3">
        The file is empty.
      </Notice>
      <Notice face="offline" title="No connection" heading="h3">
        You can go on writing.
      </Notice>
      <Notice face="done" title="Brought in" heading="h3">
        It can be read now.
      </Notice>
    </Stack>
  )
}

const Row = ({ children }: { children: ReactNode }) => <div className={styles.row}>{children}</div>
const Stack = ({ children }: { children: ReactNode }) => <div className={styles.stack}>{children}</div>
