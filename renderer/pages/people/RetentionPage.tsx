import { CalendarClock, Hourglass, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { extendRetention, listRetention, mostChanged, retire, RetentionLine, standings } from '../../../shared/domain/people/directory-operations.ts'
import { isLocalDate } from '../../../shared/kernel/instants.ts'
import { useActions } from '../../app/actions.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { paths, useGo, useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import type { Column } from '../../components/DataTable.tsx'
import { DayField, todayIn } from '../../components/DateTimeField.tsx'
import { DepartmentTag } from '../../components/DepartmentTag.tsx'
import type { ListFilter } from '../../components/list/address.ts'
import { ListPage } from '../../components/list/ListPage.tsx'
import { useListPage } from '../../components/list/use-list-page.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText, plainList } from '../../components/RowList.tsx'
import { EmptyState } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { useTogether } from '../planning/MissionBulk.tsx'
import styles from './Change.module.css'
import { PersonPanel } from './PersonPanel.tsx'

const STAYING_SHOWN = 6
const HOLDS = ['work_ahead', 'staff_register', 'accounting']
type Asking = 'extend' | 'archive' | 'remove'

/** Who is past the day their entry is kept until, why some may not go yet, and what can be done about it: always with a reason, always one undo. */
export function RetentionPage() {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const org = useOrg() ?? ''
  const catalogue = useCatalogue()
  const [asking, setAsking] = useState<Asking | null>(null)
  const filters: readonly ListFilter[] = [
    { name: 'standing', label: t('retention.standing'), column: 'standing', pinned: true, values: standings, text: (value) => wordOf(t, 'retention.standing', value) },
    { name: 'hold', label: t('retention.holds'), column: 'hold', pinned: true, values: HOLDS, text: (value) => wordOf(t, 'retention.hold', value), none: t('retention.hold_none') },
    { name: 'status', label: t('person.status'), column: 'status', values: ['active', 'inactive'], text: (value) => wordOf(t, 'person.status', value) },
    { name: 'keep', label: t('person.retain_until'), column: 'retain_until', kind: 'days' },
    { name: 'kind', label: t('person.kind'), column: 'kind', values: ['person', 'team', 'vendor'], text: (value) => wordOf(t, 'person.kind', value) },
  ]
  const list = useListPage({ operation: listRetention, row: RetentionLine, filters, sort: ['retain_until', 'display_name'] })
  const mayChange = list.can.has('collaborator.extend_retention')
  const none = list.selected.size === 0 ? { off: t('crew.choose_first') } : {}
  useActions(
    mayChange
      ? [
          { id: 'retention.extend', label: t('retention.extend'), group: 'page' as const, run: () => setAsking('extend'), ...none },
          { id: 'retention.archive', label: t('retention.archive'), group: 'page' as const, run: () => setAsking('archive'), ...none },
          { id: 'retention.remove', label: t('retention.remove'), group: 'page' as const, run: () => setAsking('remove'), ...none },
        ]
      : [],
  )
  const date = (text: string | null): string => (text !== null && isLocalDate(text) ? format.day(text) : '')
  const holdWords = (row: RetentionLine): string => row.holds.map((hold) => t('retention.hold_until', { hold: wordOf(t, 'retention.hold', hold.reason), day: date(hold.until) })).join(', ')
  const columns: Column<RetentionLine>[] = [
    { key: 'name', label: t('person.name'), sort: 'display_name', render: (row) => <strong>{row.display_name}</strong> },
    { key: 'department', label: t('person.department'), width: 84, secondary: true, render: (row) => row.department_code && <DepartmentTag code={row.department_code} />, text: (row) => row.department_code ?? '' },
    { key: 'keep', label: t('person.retain_until'), sort: 'retain_until', width: 148, render: (row) => date(row.retain_until) },
    { key: 'standing', label: t('retention.standing'), width: 150, render: (row) => <Standing row={row} />, text: (row) => wordOf(t, 'retention.standing', row.standing) },
    {
      key: 'holds', label: t('retention.holds'), sort: 'held_until', text: holdWords,
      render: (row) => (
        <span className={styles['holds']} title={holdWords(row)}>
          {row.holds.map((hold) => (
            <span key={hold.reason} className={styles['hold']}>
              {wordOf(t, 'retention.hold', hold.reason)} <span className={mutedText}>{t('retention.until', { day: date(hold.until) })}</span>
            </span>
          ))}
        </span>
      ),
    },
    { key: 'last', label: t('retention.last_work'), sort: 'last_work', width: 148, secondary: true, render: (row) => date(row.last_work) },
    { key: 'status', label: t('person.status'), width: 84, secondary: true, render: (row) => wordOf(t, 'person.status', row.status) },
  ]
  const done = (): void => {
    setAsking(null)
    list.setSelected(new Set())
  }
  return (
    <>
      <ListPage
        list={list}
        title={t('retention.title')}
        all={t('retention.all')}
        columns={columns}
        nameOf={(row) => row.display_name}
        role={t('retention.role_needed')}
        actions={<Button label={t('retention.back')} onClick={() => go(paths.people(org))} />}
        strip={<p className={`${mutedText} ${styles['about'] ?? ''}`}>{t('retention.about')}</p>}
        {...(mayChange
          ? {
              bulk: () => (
                <>
                  <Button small label={t('retention.extend')} onClick={() => setAsking('extend')} />
                  <Button small label={t('retention.archive')} onClick={() => setAsking('archive')} />
                  <Button small kind="quiet" label={t('retention.remove')} onClick={() => setAsking('remove')} />
                </>
              ),
            }
          : {})}
        panel={list.open ? <PersonPanel id={list.open} onClose={() => list.setOpen(null)} /> : null}
        empty={<EmptyState text={t('retention.empty')}>{catalogue.organization && <Button label={t('retention.back')} onClick={() => go(paths.people(org))} />}</EmptyState>}
      />
      {asking === 'extend' && <ExtendDialog ids={[...list.selected]} onClose={() => setAsking(null)} onDone={done} />}
      {(asking === 'archive' || asking === 'remove') && <RetireDialog how={asking} read={list.readSelected} onClose={() => setAsking(null)} onDone={done} />}
    </>
  )
}

function Standing({ row }: { row: RetentionLine }) {
  const t = useT()
  const Icon = row.standing === 'due' ? TriangleAlert : row.standing === 'held' ? Hourglass : CalendarClock
  return (
    <span className={styles['standing']}>
      <Icon size={14} strokeWidth={2} aria-hidden /> {wordOf(t, 'retention.standing', row.standing)}
    </span>
  )
}

interface AskProps {
  onClose: () => void
  onDone: () => void
}
const chunksOf = (ids: readonly string[]): string[][] => Array.from({ length: Math.ceil(ids.length / mostChanged) }, (_, at) => ids.slice(at * mostChanged, (at + 1) * mostChanged))

function ExtendDialog({ ids, onClose, onDone }: AskProps & { ids: readonly string[] }) {
  const t = useT()
  const together = useTogether()
  const today = todayIn()
  const [until, setUntil] = useState<string | null>(`${Number(today.slice(0, 4)) + 1}${today.slice(4)}`)
  const run = async (reason: string): Promise<void> => {
    if (until === null || !isLocalDate(until) || !(await together.run(extendRetention, chunksOf(ids).map((some) => ({ ids: some, retain_until: until, reason }))))) return
    announce(t('retention.extended', { count: ids.length }))
    onDone()
  }
  return (
    <ConfirmDialog title={t('retention.extend_title', { count: ids.length })} about={t('retention.extend_about')} action={t('retention.extend')} reason="required" pending={together.pending || until === null} failure={together.failure} onClose={onClose} onConfirm={(reason) => void run(reason)}>
      <DayField label={t('person.retain_until')} value={until} onChange={setUntil} error={undefined} />
    </ConfirmDialog>
  )
}

/** Only those who may go; the others are named with what holds them, and stay. */
function RetireDialog({ how, read, onClose, onDone }: AskProps & { how: 'archive' | 'remove'; read: () => Promise<readonly RetentionLine[]> }) {
  const t = useT()
  const [rows, setRows] = useState<readonly RetentionLine[] | null>(null)
  useEffect(() => void read().then(setRows), [read])
  const ids = (rows ?? []).filter((row) => row.ways_out.includes(how)).map((row) => row.id)
  const staying = (rows ?? []).filter((row) => !row.ways_out.includes(how))
  const together = useTogether()
  const run = async (reason: string): Promise<void> => {
    if (!(await together.run(retire, chunksOf(ids).map((some) => ({ ids: some, how, reason }))))) return
    announce(t(how === 'archive' ? 'retention.archived' : 'retention.removed', { count: ids.length }))
    onDone()
  }
  return (
    <ConfirmDialog
      danger={how === 'remove'}
      title={t(how === 'archive' ? 'retention.archive_title' : 'retention.remove_title', { count: ids.length })}
      about={t(how === 'archive' ? 'retention.archive_about' : 'retention.remove_about')}
      action={t(how === 'archive' ? 'retention.archive' : 'retention.remove')}
      reason="required"
      pending={together.pending || ids.length === 0}
      failure={together.failure}
      onClose={onClose}
      onConfirm={(reason) => void run(reason)}
    >
      {staying.length > 0 && (
        <div role="status">
          <p>{t('retention.staying', { count: staying.length })}</p>
          <ul className={plainList}>
            {staying.slice(0, STAYING_SHOWN).map((row) => (
              <li key={row.id}>
                {row.display_name} <span className={mutedText}>{row.holds.length > 0 ? row.holds.map(({ reason }) => wordOf(t, 'retention.hold', reason)).join(', ') : wordOf(t, 'retention.standing', row.standing)}</span>
              </li>
            ))}
            {staying.length > STAYING_SHOWN && <li className={mutedText}>{t('people.change_rest', { count: staying.length - STAYING_SHOWN })}</li>}
          </ul>
        </div>
      )}
    </ConfirmDialog>
  )
}
