import { Printer } from 'lucide-react'
import { useState } from 'react'
import { dispatchAcceptances } from '../../../shared/domain/engagement/operations.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { useT } from '../../i18n/index.ts'
import { LeftOutLines, PeopleLines } from './PeopleLines.tsx'
import type { PersonLine } from './PeopleLines.tsx'
import type { AcceptanceRow } from './rows.ts'
import { SlipsDialog } from './SlipsDialog.tsx'
import { useRowsGesture } from './use-rows-gesture.ts'
import { momentWords, useSaying } from './words.ts'

export interface ToTell {
  readonly draft: AcceptanceRow
  readonly name: string
}

/** Says that people were told by hand, on the terms that are read here: one rewritten meanwhile is refused. */
export function TellDialog({ drafts, out, onClose, onDone }: { drafts: readonly ToTell[]; /** Chosen, and nothing to tell them. */ out: readonly PersonLine[]; onClose: () => void; onDone: () => void }) {
  const t = useT()
  const saying = useSaying('UTC')
  const gesture = useRowsGesture()
  const [printing, setPrinting] = useState(false)
  const refused = new Map(gesture.refused.map(({ id, why }) => [id, why]))
  const here = drafts.filter(({ draft }) => !refused.has(draft.id))
  const left = [...out, ...drafts.flatMap(({ draft, name }) => (refused.has(draft.id) ? [{ id: draft.id, name, about: refused.get(draft.id) ?? '' }] : []))]
  const terms = ({ terms: { mission, role, start_at, end_at, zone }, deadline_at }: AcceptanceRow): string =>
    [mission, role, `${momentWords({ ...saying, zone }, start_at)} – ${saying.format.timeOf(end_at, zone)}`, t('engagement.deadline_for', { when: momentWords({ ...saying, zone }, deadline_at) })].filter(Boolean).join(' · ')
  const submit = async (): Promise<void> => {
    if (here.length === 0 || gesture.pending) return
    const rows = here.map(({ draft }) => draft)
    const told = await gesture.run(dispatchAcceptances, rows, (chunk) => ({ changes: chunk.map(({ id, terms: { start_at, end_at, role } }) => ({ id, told: { start_at, end_at, role } })), channel: 'hand' as const }), () => undefined)
    if (!told) return
    announce(t('engagement.told_done', { count: rows.length }))
    onDone()
  }
  if (printing) return <SlipsDialog questions={here.map(({ draft, name }) => ({ question: draft, name }))} out={[]} onClose={() => setPrinting(false)} />
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('engagement.told_title', { count: drafts.length })}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button icon={Printer} label={t('engagement.slips')} disabled={here.length === 0} onClick={() => setPrinting(true)} />
          <Button type="submit" kind="primary" label={t('engagement.told')} disabled={here.length === 0 || gesture.pending} />
        </>
      }
    >
      <FormErrorSummary failure={gesture.failure} />
      <div className={formStack}>
        <p>{t('engagement.told_about', { count: drafts.length })}</p>
        <PeopleLines label={t('engagement.terms')} lines={here.map(({ draft, name }) => ({ id: draft.id, name, about: terms(draft) }))} />
        <LeftOutLines lines={left} />
        {gesture.refused.length > 0 && <p role="alert">{t('engagement.refused_rows', { count: gesture.refused.length })}</p>}
      </div>
    </Dialog>
  )
}
