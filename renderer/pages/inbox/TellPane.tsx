import { ArrowRight, MessageCircle } from 'lucide-react'
import { useState } from 'react'
import { useActions } from '../../app/actions.ts'
import { paths, useGo, useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { hostZone } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { TellDialog } from '../engagement/TellDialog.tsx'
import { useAcceptances } from '../engagement/use-acceptances.ts'
import { momentWords, useSaying } from '../engagement/words.ts'
import styles from './Inbox.module.css'
import type { TellLine } from './items.ts'
import { Terms } from './terms.tsx'

/** Somebody whom no message reaches: what they are to be told, why by hand, and noting that it is done. */
export function TellPane({ line: { tell } }: { line: TellLine }) {
  const t = useT()
  const go = useGo()
  const org = useOrg() ?? ''
  const saying = useSaying(hostZone())
  const asked = useAcceptances(tell.project_id, [tell.assignment_id])
  const [open, setOpen] = useState(false)
  const draft = asked.rows?.find(({ id }) => id === tell.acceptance_id) ?? null
  const person = `${paths.people(org)}?sel=${tell.collaborator_id}`
  useActions([
    { id: 'matter.open', label: t('matter.act.person'), keys: 'Enter', run: () => go(person) },
    { id: 'inbox.tell', label: t('engagement.told'), keys: '1', run: () => setOpen(true), ...(draft ? {} : { off: t('inbox.empty') }) },
  ])
  return (
    <section className={styles['pane']} data-region="panel" aria-labelledby="tell-title">
      <header className={styles['paneHead']}>
        <h2 id="tell-title">{t('inbox.tell_title', { name: tell.collaborator_name, mission: tell.mission_title })}</h2>
      </header>
      <p className={styles['lead']}>{t(`inbox.tell.${tell.why}`)}</p>
      <p className={styles['why']}>{t('inbox.tell_about')}</p>
      {asked.failure ? <ErrorState failure={asked.failure} onRetry={asked.retry} /> : asked.rows === null ? <LoadingSkeleton rows={3} /> : draft && <Terms offer={draft} zone={hostZone()} />}
      {draft && <p className={styles['lead']}>{t('inbox.tell_before', { when: momentWords({ ...saying, zone: draft.terms.zone }, draft.deadline_at) })}</p>}
      <footer className={styles['actions']}>
        <Button kind="primary" icon={MessageCircle} label={t('engagement.told')} keys="1" disabled={draft === null} onClick={() => setOpen(true)} />
        <Button icon={ArrowRight} label={t('matter.act.person')} keys="⏎" onClick={() => go(person)} />
      </footer>
      {open && draft && <TellDialog drafts={[{ draft, name: tell.collaborator_name }]} out={[]} onClose={() => setOpen(false)} onDone={() => setOpen(false)} />}
    </section>
  )
}
