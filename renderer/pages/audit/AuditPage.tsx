import { ShieldCheck, X } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { AuditLine, listAudit, verifyAudit } from '../../../shared/domain/audit/operations.ts'
import { listMembers } from '../../../shared/domain/organization/operations.ts'
import { addDays, fromLocal, isInstant, isLocalDate } from '../../../shared/kernel/instants.ts'
import { call } from '../../app/client.ts'
import type { CallFailure } from '../../app/client.ts'
import { useProjects } from '../../app/projects.ts'
import { failureOf, useAnswer, usePages } from '../../app/queries.ts'
import { useOrg, useUrlState } from '../../app/routes.ts'
import { useActions } from '../../app/actions.ts'
import { Button } from '../../components/Button.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column } from '../../components/DataTable.tsx'
import { FilterBar, FilterChip, Page } from '../../components/Page.tsx'
import { EmptyState, ErrorState, ReadOnlyStrip } from '../../components/States.tsx'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { isKey, useT, wordOf } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import { ListBody } from '../ListBody.tsx'
import { AuditPanel } from './AuditPanel.tsx'
import { ACTIONS, actionWords } from './action-words.ts'
import { DayChip } from './DayChip.tsx'

const ENTITIES = [
  'assignment', 'attachment', 'availability', 'cast_role', 'certification', 'collaborator', 'consent', 'crew_role', 'cue', 'department', 'key_time', 'location', 'member', 'milestone', 'mission', 'need', 'organization', 'project',
  'rate_card', 'revision', 'role_binding', 'run_sheet', 'sheet_row', 'sheet_slot', 'skill',
] as const
const FILTERS = ['project', 'entity', 'actor', 'action', 'from', 'to', 'record', 'gesture'] as const
const MemberRow = z.object({ user_id: z.string(), name: z.string() })

export function AuditPage() {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const projects = useProjects()
  const members = useAnswer(listMembers, { limit: 200 })
  const [project, entity, actor, action, from, to, open, record, gesture] = [...FILTERS.slice(0, 6), 'sel', 'record', 'gesture'].map((name) => url.get(name))
  const list = usePages(
    listAudit,
    {
      ...(project ? { project_id: project } : {}),
      ...(entity ? { entity } : {}),
      ...(actor ? { actor } : {}),
      ...(action ? { action } : {}),
      ...(record ? { entity_id: record } : {}),
      ...(gesture ? { correlation_id: gesture } : {}),
      ...(isLocalDate(from) ? { from: fromLocal(from, '00:00', hostZone()) } : {}),
      ...(isLocalDate(to) ? { to: fromLocal(addDays(to, 1), '00:00', hostZone()) } : {}),
      limit: 100,
    },
    AuditLine,
  )
  // How far one sees is the same under every filter.
  const sight = useAnswer(listAudit, { limit: 1 }).answer?.value.sight
  const columns: Column<AuditLine>[] = [
    { key: 'when', label: t('audit.when'), render: (row) => (isInstant(row.occurred_at) ? format.moment(row.occurred_at) : row.occurred_at) },
    { key: 'who', label: t('audit.who'), render: (row) => row.actor_name ?? wordOf(t, 'audit.actor', row.actor_kind) },
    { key: 'action', label: t('audit.action'), render: (row) => actionWords(t, row.action) },
    { key: 'op', label: t('audit.changes'), render: (row) => (row.op ? wordOf(t, 'audit.op', row.op) : '') },
    { key: 'entity', label: t('audit.entity'), render: (row) => (row.entity ? `${wordOf(t, 'entity', row.entity)}${row.title ? ` · ${row.title}` : ''}` : '') },
    { key: 'reason', secondary: true, label: t('audit.reason'), render: (row) => row.reason },
    { key: 'position', secondary: true, label: t('audit.position'), numeric: true, render: (row) => (row.position === null ? '' : format.number(row.position)) },
  ]
  const shown = list.items.find((row) => row.id === open)
  const people = z.array(MemberRow).safeParse(members.answer?.value.items ?? [])
  const choices = (values: readonly string[], nameOf: (value: string) => string) => values.map((value) => ({ value, label: nameOf(value) })).sort((one, other) => format.compare(one.label, other.label))
  const filtered = FILTERS.some((name) => url.get(name) !== '')
  return (
    <Page
      title={t('audit.title')}
      actions={sight === 'organization' && <Verify />}
      panel={
        shown ? (
          <AuditPanel line={shown} onClose={() => url.set({ sel: null })} onRecord={(id) => url.set({ record: id, sel: null }, 'push')} onGesture={(id) => url.set({ gesture: id, sel: null }, 'push')} />
        ) : null
      }
    >
      <FilterBar names={FILTERS} search={false}>
        <FilterChip name="project" label={t('nav.project')} choices={projects.map((row) => ({ value: row.id, label: row.name }))} />
        <FilterChip name="entity" label={t('audit.entity')} choices={choices(ENTITIES, (value) => wordOf(t, 'entity', value))} />
        {people.success && people.data.length > 1 && <FilterChip name="actor" label={t('audit.actor_filter')} choices={people.data.map((row) => ({ value: row.user_id, label: row.name }))} />}
        <FilterChip name="action" label={t('audit.action')} choices={choices(ACTIONS, (value) => actionWords(t, value))} />
        <DayChip name="from" label={t('audit.from_day')} />
        <DayChip name="to" label={t('audit.until_day')} />
        {record && <Button small label={t('audit.record_on')} icon={X} aria-label={`${t('audit.record_on')} : ${t('audit.drop')}`} onClick={() => url.set({ record: null })} />}
        {gesture && <Button small label={t('audit.correlation_on')} icon={X} aria-label={`${t('audit.correlation_on')} : ${t('audit.drop')}`} onClick={() => url.set({ gesture: null })} />}
      </FilterBar>
      {sight === 'own' || sight === 'projects' ? <ReadOnlyStrip note text={t(`audit.sight.${sight}`)} /> : <span />}
      <ListBody list={list} filtered={filtered} role={t('audit.role')} empty={<EmptyState text={t('audit.empty')} />}>
        <DataTable
          label={t('audit.title')}
          columns={columns}
          rows={list.items}
          idOf={(row) => row.id}
          nameOf={(row) => actionWords(t, row.action)}
          current={open ?? ''}
          onOpen={(id) => url.set({ sel: id }, 'push')}
          total={list.total}
          onMore={list.more}
        />
      </ListBody>
    </Page>
  )
}

/** Walks the whole chain, with the key V too, and says that it holds or where and how it first breaks. */
function Verify() {
  const t = useT()
  const org = useOrg()
  const [said, setSaid] = useState<string | null>(null)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const [pending, setPending] = useState(false)
  const verify = async (): Promise<void> => {
    if (pending) return
    setPending(true)
    setFailure(null)
    setSaid(t('audit.verifying'))
    try {
      const { value } = await call(verifyAudit, {}, org ? { org } : {})
      const position = value.broken_at ?? 0
      setSaid(value.whole ? t('audit.verified', { count: value.events }) : brokenWords(t, value.why ?? '', position))
    } catch (error) {
      setSaid(null)
      setFailure(failureOf(error))
    } finally {
      setPending(false)
    }
  }
  useActions([{ id: 'audit.verify', label: t('audit.verify'), keys: 'v', group: 'page', run: () => void verify(), ...(pending ? { off: t('audit.verifying') } : {}) }])
  return (
    <>
      <span role="status">{said}</span>
      {failure && <ErrorState failure={failure} onRetry={() => void verify()} />}
      <Button icon={ShieldCheck} label={t('audit.verify')} keys="V" disabled={pending} onClick={() => void verify()} />
    </>
  )
}

function brokenWords(t: Translate, why: string, position: number): string {
  const key = `audit.broken_why.${why}`
  return isKey(key) ? t(key, { position }) : t('audit.broken', { position })
}
