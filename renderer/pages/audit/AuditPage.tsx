import { ShieldCheck } from 'lucide-react'
import { z } from 'zod'
import { AuditLine, listAudit } from '../../../shared/domain/audit/operations.ts'
import { listMembers } from '../../../shared/domain/organization/operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { useProjects } from '../../app/projects.ts'
import { useAnswer } from '../../app/queries.ts'
import { useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import type { Column } from '../../components/DataTable.tsx'
import type { ListFilter } from '../../components/list/address.ts'
import { ListPage } from '../../components/list/ListPage.tsx'
import { useListPage } from '../../components/list/use-list-page.ts'
import { EmptyState, ReadOnlyStrip } from '../../components/States.tsx'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { AuditPanel } from './AuditPanel.tsx'
import { actionWords } from './action-words.ts'
import { useVerification, VerificationStrip } from './Verification.tsx'

const MemberRow = z.object({ user_id: z.string(), name: z.string() })
const OPS = ['insert', 'update', 'remove', 'restore'] as const

/** Enough of an id to tell two of them apart. */
const short = (id: string): string => `#${id.slice(0, 8)}`

export function AuditPage() {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const projects = useProjects()
  const members = useAnswer(listMembers, { limit: 200 })
  const people = z.array(MemberRow).safeParse(members.answer?.value.items ?? [])
  const nameOf = (id: string): string => people.data?.find((one) => one.user_id === id)?.name ?? short(id)
  const only = (name: string): readonly string[] => [url.get(name)].filter(Boolean)
  const filters: readonly ListFilter[] = [
    { name: 'project', label: t('nav.project'), column: 'project_id', pinned: true, text: (id) => projects.find((one) => one.id === id)?.name ?? short(id), none: t('audit.whole_organization') },
    { name: 'actor', label: t('audit.who'), column: 'actor', pinned: true, text: nameOf },
    { name: 'entity', label: t('audit.entity'), column: 'entity', pinned: true, text: (value) => wordOf(t, 'entity', value), none: t('audit.no_record') },
    { name: 'day', label: t('audit.when'), column: 'occurred_at', kind: 'days', pinned: true, zone: hostZone() },
    { name: 'action', label: t('audit.action'), column: 'action', text: (value) => actionWords(t, value) },
    { name: 'op', label: t('audit.op'), column: 'op', values: OPS, text: (value) => wordOf(t, 'audit.op', value), none: t('audit.op.none') },
    { name: 'record', label: t('audit.record_on'), column: 'entity_id', linked: true, values: only('record'), text: short },
    { name: 'gesture', label: t('audit.correlation_on'), column: 'correlation_id', linked: true, values: only('gesture'), text: short },
  ]
  const list = useListPage({ operation: listAudit, row: AuditLine, filters, search: false, sort: ['-position'] })
  const columns: Column<AuditLine>[] = [
    { key: 'when', label: t('audit.when'), sort: 'position', render: (row) => (isInstant(row.occurred_at) ? format.moment(row.occurred_at) : row.occurred_at) },
    { key: 'who', label: t('audit.who'), render: (row) => <strong>{row.actor_name ?? wordOf(t, 'audit.actor', row.actor_kind)}</strong> },
    { key: 'action', label: t('audit.action'), render: (row) => actionWords(t, row.action) },
    { key: 'op', secondary: true, label: t('audit.op'), render: (row) => (row.op ? wordOf(t, 'audit.op', row.op) : '') },
    { key: 'entity', label: t('audit.entity'), render: (row) => (row.entity ? [wordOf(t, 'entity', row.entity), row.title].filter(Boolean).join(' · ') : '') },
    { key: 'project', optional: true, label: t('nav.project'), render: (row) => projects.find((one) => one.id === row.project_id)?.name ?? '' },
    { key: 'reason', secondary: true, label: t('audit.reason'), render: (row) => row.reason },
    { key: 'device', optional: true, label: t('audit.device'), render: (row) => row.device },
    { key: 'position', secondary: true, label: t('audit.position'), numeric: true, render: (row) => (row.position === null ? '' : format.number(row.position)) },
  ]
  const sight = list.answer?.sight
  const verification = useVerification(sight === 'organization')
  const shown = list.items.find((row) => row.id === list.open)
  const { filter, sort } = list.asked
  /** All of one gesture or of one record: whatever else was filtered would hide a part of it. */
  const narrowTo = (name: 'record' | 'gesture', id: string): void => url.set({ ...Object.fromEntries(filters.map((one) => [one.name, null])), page: null, pick: null, sel: null, [name]: id }, 'push')
  return (
    <ListPage
      list={list}
      title={t('audit.title')}
      all={t('audit.all')}
      columns={columns}
      nameOf={(row) => actionWords(t, row.action)}
      role={t('audit.role')}
      noResult={t('audit.no_result')}
      actions={sight === 'organization' && <Button icon={ShieldCheck} label={t('audit.verify')} keys="V" disabled={verification.pending} onClick={verification.run} />}
      print={{ document: 'audit_extract', list: { ...(filter ? { filter } : {}), ...(sort ? { sort } : {}) }, ...(list.selected.size > 0 ? { ids: [...list.selected] } : {}) }}
      strip={
        <>
          {(sight === 'own' || sight === 'projects') && <ReadOnlyStrip note text={t(`audit.sight.${sight}`)} />}
          <VerificationStrip verification={verification} />
        </>
      }
      panel={shown ? <AuditPanel line={shown} onClose={() => list.setOpen(null)} onRecord={(id) => narrowTo('record', id)} onGesture={(id) => narrowTo('gesture', id)} /> : null}
      empty={<EmptyState text={t('audit.empty')} />}
    />
  )
}
