import { FileUser, Link2, MessageSquareText, PhoneCall, Printer, SquareCheckBig } from 'lucide-react'
import { useState } from 'react'
import { confirmReadFor, personalPdf, recipientsOfSheet, tellSheet } from '../../../shared/domain/runsheets/distribution-operations.ts'
import type { SheetRecipient } from '../../../shared/domain/runsheets/distribution-operations.ts'
import { revokeSheetLink } from '../../../shared/domain/runsheets/link-operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { call } from '../../app/client.ts'
import type { CallFailure } from '../../app/client.ts'
import { useProject } from '../../app/context.tsx'
import { bytesFromBase64, saveFile } from '../../app/files.ts'
import { failureOf, useAnswer, useCommand } from '../../app/queries.ts'
import { useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column } from '../../components/DataTable.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { EmptyState, ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { LinkDialog } from '../engagement/LinkDialog.tsx'
import { ChangeList } from './ChangeList.tsx'
import type { RevisionRow, SheetRecord } from './sheet-rows.ts'
import { SummaryDialog } from './SummaryDialog.tsx'
import styles from './Distribution.module.css'

const shownFilters = ['all', 'concerned', 'untold', 'not_read'] as const
type Shown = (typeof shownFilters)[number]
const passes: Readonly<Record<Shown, (one: SheetRecipient) => boolean>> = {
  all: () => true, concerned: (one) => one.concerned, untold: (one) => one.state === 'to_tell', not_read: (one) => one.state !== 'read',
}

interface RecipientsTabProps {
  sheet: SheetRecord
  shown: RevisionRow
  title: string
}

/** Who gets this version, what it changes for each, and how far each of them is: told, opened, read. */
export function RecipientsTab({ sheet, shown, title }: RecipientsTabProps) {
  const t = useT()
  const url = useUrlState()
  const asked = useAnswer(recipientsOfSheet, { revision_id: shown.id })
  const tell = useCommand(tellSheet)
  const noteRead = useCommand(confirmReadFor)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [writing, setWriting] = useState<string | true | null>(null)
  const [linking, setLinking] = useState<string | null>(null)
  const copies = useCopies(shown.id)
  const columns = useColumns(shown)
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  const answer = asked.answer?.value
  if (!answer) return <LoadingSkeleton />
  const filter = shownFilters.find((one) => one === url.get('who')) ?? 'all'
  const rows = answer.items.filter(passes[filter])
  const may = (name: string): boolean => shown.can.includes(name)
  const chosen = rows.filter((one) => selected.has(one.collaborator_id))
  const untold = answer.items.filter(passes.untold)
  const linked = answer.items.find((one) => one.collaborator_id === linking)
  const mayLink = (one: SheetRecipient | undefined): boolean => shown.state === 'published' && one?.gone === false
  const mayRevoke = (one: SheetRecipient | undefined): boolean => may('sheet.revoke_link') && one?.link_round != null
  const markTold = (people: readonly SheetRecipient[]): void =>
    void tell.run({ revision_id: shown.id, collaborator_ids: people.map((one) => one.collaborator_id), channel: 'hand' }).then((done) => {
      if (!done) return
      announce(t('sheet.give.told', { count: people.length }))
      setSelected(new Set())
    })
  const markRead = (people: readonly SheetRecipient[]): void =>
    void noteRead.run({ revision_id: shown.id, collaborator_ids: people.map((one) => one.collaborator_id), source: 'hand' }).then((done) => {
      if (!done) return
      announce(t('sheet.give.noted_read', { count: people.length }))
      setSelected(new Set())
    })
  const pending = tell.pending || noteRead.pending
  const published = shown.published_at !== null
  return (
    <section className={styles['panel']} aria-label={t('sheet.give')}>
      {!published && <p className={mutedText}>{t('sheet.give.draft')}</p>}
      {shown.state === 'archived' && <p className={mutedText}>{t('sheet.give.past')}</p>}
      <FormErrorSummary failure={tell.failure ?? noteRead.failure ?? copies.failure} />
      <div className={styles['head']}>
        <p role="status" className={styles['counts']}>
          <strong>v{shown.number}</strong> · {t('sheet.give.people', { count: answer.counts.people })}
          {published && answer.counts.people > 0 && ` · ${t('sheet.give.to_tell', { count: answer.counts.to_tell })} · ${t('sheet.give.unread', { count: answer.counts.unread })}`}
          {answer.counts.concerned > 0 && answer.counts.concerned < answer.counts.people && <span className={mutedText}> {t('sheet.give.resend')}</span>}
        </p>
        <div className={styles['tools']}>
          {may('sheet.tell') && shown.state === 'published' && untold.length > 0 && <Button small icon={PhoneCall} label={t('sheet.give.tell_all', { count: untold.length })} disabled={pending} onClick={() => markTold(untold)} />}
          <Button small icon={MessageSquareText} label={t('sheet.give.text')} onClick={() => setWriting(true)} />
          {answer.items.some((one) => !one.gone) && <Button small icon={Printer} label={t('sheet.give.copies_all')} disabled={copies.busy} onClick={() => void copies.save()} />}
        </div>
      </div>
      <Segmented label={t('sheet.give.filter')} value={filter} choices={shownFilters.map((value) => ({ value, label: t(`sheet.give.${value}`) }))} onChange={(value) => url.set({ who: value === 'all' ? null : value })} />
      {rows.length === 0 ? (
        <EmptyState text={t('sheet.give.none')} />
      ) : (
        <DataTable
          label={t('sheet.give')}
          columns={columns}
          rows={rows}
          idOf={(one) => one.collaborator_id}
          nameOf={(one) => one.name}
          total={rows.length}
          {...(may('sheet.tell') && published
            ? {
                selected,
                onSelect: setSelected,
                bulk: (
                  <>
                    <Button small icon={PhoneCall} label={t('sheet.give.tell')} disabled={pending || chosen.length === 0} onClick={() => markTold(chosen)} />
                    <Button small icon={SquareCheckBig} label={t('sheet.give.note_read')} disabled={pending || chosen.length === 0} onClick={() => markRead(chosen)} />
                    <Button small icon={FileUser} label={t('sheet.give.copies', { count: chosen.filter((one) => !one.gone).length })} disabled={copies.busy || !chosen.some((one) => !one.gone)} onClick={() => void copies.save(chosen.filter((one) => !one.gone))} />
                    {chosen.length === 1 && mayLink(chosen[0]) && <Button small icon={Link2} label={t('sheet.give.link')} onClick={() => setLinking(chosen[0]?.collaborator_id ?? null)} />}
                    {chosen.length === 1 && !chosen[0]?.gone && <Button small icon={MessageSquareText} label={t('sheet.give.text')} onClick={() => setWriting(chosen[0]?.collaborator_id ?? true)} />}
                  </>
                ),
              }
            : {})}
        />
      )}
      {linked && <SheetLink one={linked} shown={shown} mayRevoke={mayRevoke(linked)} onPdf={() => void copies.save([linked])} onClose={() => setLinking(null)} />}
      {writing !== null && <SummaryDialog revision={shown} day={sheet.sheet_date} title={title} people={answer.items.filter((one) => !one.gone)} person={writing === true ? null : writing} onClose={() => setWriting(null)} />}
    </section>
  )
}

/** The link of one person, and the end of those they have. */
function SheetLink({ one, shown, mayRevoke, onPdf, onClose }: { one: SheetRecipient; shown: RevisionRow; mayRevoke: boolean; onPdf: () => void; onClose: () => void }) {
  const t = useT()
  const project = useProject()
  const { run, pending, failure } = useCommand(revokeSheetLink)
  const { collaborator_id, link_round } = one
  const instead = { noServer: t('sheet.give.link_no_server'), noNetwork: t('sheet.give.link_no_network'), label: t('sheet.give.link_pdf'), run: onPdf }
  const revoking = mayRevoke && link_round !== null ? { pending, failure, run: async () => (await run({ revision_id: shown.id, collaborator_id, round: link_round })) !== null } : null
  return (
    <LinkDialog
      name={one.name}
      about={t('sheet.give.link_about', { name: one.name })}
      asked={{ kind: 'sheet', revision_id: shown.id, collaborator_id }}
      zone={project.zone}
      instead={instead}
      revoking={revoking}
      onClose={onClose}
    />
  )
}

/** Copies in the names of these people (of all, when none is named), as one file. */
function useCopies(revision_id: string): { busy: boolean; failure: CallFailure | null; save: (people?: readonly SheetRecipient[]) => Promise<void> } {
  const project = useProject()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  return {
    busy,
    failure,
    async save(people) {
      setBusy(true)
      setFailure(null)
      try {
        const { value } = await call(personalPdf, { revision_id, ...(people ? { collaborator_ids: people.map((one) => one.collaborator_id) } : {}) }, project.org ? { org: project.org } : {})
        await saveFile(value.file_name, bytesFromBase64(value.base64), value.media_type)
      } catch (error) {
        setFailure(failureOf(error))
      } finally {
        setBusy(false)
      }
    },
  }
}

function useColumns(shown: RevisionRow): Column<SheetRecipient>[] {
  const t = useT()
  const format = useFormat()
  const project = useProject()
  const moment = (at: string | null): string => (at !== null && isInstant(at) ? format.moment(at) : '')
  const of = (one: SheetRecipient): string => (one.delivered !== null && one.delivered !== shown.number ? ` (${t('sheet.give.of_version', { version: one.delivered })})` : '')
  const by = (one: SheetRecipient): string => (one.confirm_source ? t(`sheet.give.source.${one.confirm_source}`, { name: one.confirmed_by_name ?? '—' }) : '')
  return [
    { key: 'person', label: t('sheet.give.person'), render: (one) => <Named one={one} />, text: (one) => [one.name, ...[toldByHand(one)].flatMap((why) => (why === null ? [] : [t(`sheet.give.by_hand.${why}`)]))].join(', ') },
    { key: 'department', label: t('sheet.give.department'), render: (one) => one.department ?? '' },
    { key: 'role', label: t('sheet.give.role'), optional: true, render: (one) => one.crew_role ?? '' },
    { key: 'call', label: t('sheet.give.call'), numeric: true, width: 104, render: (one) => (one.call_at !== null && isInstant(one.call_at) ? format.timeOf(one.call_at, project.zone) : '—') },
    { key: 'changes', label: t('sheet.give.changes'), width: 250, render: (one) => <Changes one={one} />, text: (one) => one.changes.map((line) => line.runs.map((run) => run.text).join('')).join(' ; ') },
    { key: 'channel', label: t('sheet.give.channel'), width: 120, render: (one) => (one.channel ? t(`sheet.give.channel.${one.channel}`) : '') },
    { key: 'sent', label: t('sheet.give.sent'), width: 150, render: (one) => <Sent one={one} when={one.sent_at ? moment(one.sent_at) + of(one) : ''} /> },
    { key: 'opened', label: t('sheet.give.opened'), width: 130, render: (one) => moment(one.opened_at) },
    {
      key: 'read',
      label: t('sheet.give.read'),
      width: 190,
      render: (one) =>
        one.confirmed_at && (
          <span title={by(one)}>
            {moment(one.confirmed_at) + of(one)} <span className={mutedText}>{by(one)}</span>
          </span>
        ),
      text: (one) => (one.confirmed_at ? `${moment(one.confirmed_at)}${of(one)}, ${by(one)}` : ''),
    },
  ]
}

/** Told already, it says nothing any more. */
const toldByHand = (one: SheetRecipient): SheetRecipient['by_hand'] => (one.state === 'to_tell' ? one.by_hand : null)

/** Whom no mail reaches: why, beside their name. */
function Named({ one }: { one: SheetRecipient }) {
  const t = useT()
  const why = toldByHand(one)
  return (
    <>
      <strong>{one.name}</strong>
      {why !== null && <span className={mutedText}> · {t(`sheet.give.by_hand.${why}`)}</span>}
    </>
  )
}

/** When they were told, and what became of the mail: one that was given up is for somebody to tell in another way. */
function Sent({ one, when }: { one: SheetRecipient; when: string }) {
  const t = useT()
  if (one.mail_state === 'failed' && when === '') return <strong title={one.mail_failure ?? undefined}>{t('sheet.give.mail_failed')}</strong>
  if (one.mail_state === 'prepared' && when === '') return <span className={mutedText}>{t('sheet.give.mail_prepared')}</span>
  return <span>{when}</span>
}

function Changes({ one }: { one: SheetRecipient }) {
  const t = useT()
  if (one.gone) return <strong>{t('sheet.give.gone')}</strong>
  if (one.known === null) return <span>{t('sheet.give.first')}</span>
  if (one.changes.length === 0) return <span className={mutedText}>{t('sheet.give.same', { version: one.known })}</span>
  return (
    <details className={styles['changes']}>
      <summary>{t('sheet.give.changed', { count: one.changes.length, version: one.known })}</summary>
      <ChangeList lines={one.changes} />
    </details>
  )
}
