import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { AuditLine, listAudit, verifyAudit } from '../../../shared/domain/audit/operations.ts'
import { fromLocal, isInstant, isLocalDate } from '../../../shared/kernel/instants.ts'
import { call } from '../../app/client.ts'
import type { CallFailure } from '../../app/client.ts'
import { useProjects } from '../../app/projects.ts'
import { failureOf, usePages } from '../../app/queries.ts'
import { useOrg, useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column } from '../../components/DataTable.tsx'
import { FilterBar, FilterChip, Page } from '../../components/Page.tsx'
import { EmptyState, ErrorState } from '../../components/States.tsx'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { ListBody } from '../ListBody.tsx'
import { AuditPanel } from './AuditPanel.tsx'
import { actionWords } from './action-words.ts'
import { DayChip } from './DayChip.tsx'

const ENTITIES = ['mission', 'assignment', 'collaborator', 'project', 'location', 'need', 'availability', 'run_sheet', 'run_sheet_revision', 'member', 'role_binding', 'organization']
const FILTERS = ['project', 'entity', 'from']

export function AuditPage() {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const projects = useProjects()
  const [project, entity, from, open, record] = [url.get('project'), url.get('entity'), url.get('from'), url.get('sel'), url.get('record')]
  const filter = {
    ...(entity ? { entity } : {}),
    ...(record ? { entity_id: record } : {}),
    ...(isLocalDate(from) ? { from: fromLocal(from, '00:00', hostZone()) } : {}),
  }
  const list = usePages(listAudit, { ...(project ? { project_id: project } : {}), ...filter, limit: 100 }, AuditLine)
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
  const mayVerify = list.failure === null
  return (
    <Page
      title={t('audit.title')}
      print={{ document: 'audit_extract', ...(project ? { project_id: project } : {}), list: { filter } }}
      actions={mayVerify && <Verify />}
      panel={shown ? <AuditPanel line={shown} onClose={() => url.set({ sel: null })} onRecord={(id) => url.set({ record: id, sel: null })} /> : null}
    >
      <FilterBar names={[...FILTERS, 'record']} search={false}>
        <FilterChip name="project" label={t('nav.project')} choices={projects.map((row) => ({ value: row.id, label: row.name }))} />
        <FilterChip name="entity" label={t('audit.entity')} choices={ENTITIES.map((value) => ({ value, label: wordOf(t, 'entity', value) }))} />
        <DayChip name="from" label={t('audit.from_day')} />
      </FilterBar>
      <span />
      <ListBody list={list} filtered={[...FILTERS, 'record'].some((name) => url.get(name) !== '')} role={t('audit.role')} empty={<EmptyState text={t('audit.empty')} />}>
        <DataTable
          label={t('audit.title')}
          columns={columns}
          rows={list.items}
          idOf={(row) => row.id}
          nameOf={(row) => actionWords(t, row.action)}
          current={open}
          onOpen={(id) => url.set({ sel: id }, 'push')}
          total={list.total}
          onMore={list.more}
        />
      </ListBody>
    </Page>
  )
}

function Verify() {
  const t = useT()
  const org = useOrg()
  const [said, setSaid] = useState<string | null>(null)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const [pending, setPending] = useState(false)
  const verify = async (): Promise<void> => {
    setPending(true)
    setFailure(null)
    try {
      const { value } = await call(verifyAudit, {}, org ? { org } : {})
      setSaid(value.whole ? t('audit.verified', { count: value.events }) : t('audit.broken', { position: value.broken_at ?? 0 }))
    } catch (error) {
      setFailure(failureOf(error))
    } finally {
      setPending(false)
    }
  }
  return (
    <>
      <span role="status">{said}</span>
      {failure && <ErrorState failure={failure} onRetry={() => void verify()} />}
      <Button icon={ShieldCheck} label={t('audit.verify')} disabled={pending} onClick={() => void verify()} />
    </>
  )
}
