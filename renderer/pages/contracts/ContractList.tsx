import { FileSignature, Plus, Users } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { contractPhases } from '../../../shared/domain/contracts/phases.ts'
import { createContract, generateContract } from '../../../shared/domain/contracts/operations.ts'
import { listContractLines } from '../../../shared/domain/contracts/queries.ts'
import { contractKinds, contractVersionStates, requestKinds } from '../../../shared/domain/contracts/kinds.ts'
import { listMissions } from '../../../shared/domain/planning/operations.ts'
import { useActions } from '../../app/actions.ts'
import type { Action } from '../../app/actions.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer, useList } from '../../app/queries.ts'
import { paths, useGo } from '../../app/routes.ts'
import { MissionRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { CounterFilter } from '../../components/CounterFilter.tsx'
import type { ListFilter } from '../../components/list/address.ts'
import { ListPage } from '../../components/list/ListPage.tsx'
import { useListPage } from '../../components/list/use-list-page.ts'
import type { PrintRequest } from '../../components/print/print-request.ts'
import { EmptyState, ReadOnlyStrip } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { useRowsOf } from '../engagement/use-chosen-rows.ts'
import { useContractColumns } from './contract-columns.tsx'
import { ContractLine, isWaiting, stepsOffered } from './contract-line.ts'
import type { ManyStep } from './contract-line.ts'
import styles from './Contracts.module.css'
import { stateWords } from './ContractState.tsx'
import { GenerateDialog } from './GenerateDialog.tsx'
import { MissionBatchDialog } from './MissionBatchDialog.tsx'
import { NewContractDialog } from './NewContractDialog.tsx'
import { PreparePanel } from './PreparePanel.tsx'
import { StepsDialog } from './StepsDialog.tsx'

type Doing = 'prepare' | 'mission' | 'new' | ManyStep

/** Who waits for a contract, and every contract by where it stands. `makes`: this person draws contracts up here; else they see their own. */
export function ContractList({ views, print, makes }: { views: ReactNode; print: PrintRequest | undefined; makes: boolean }) {
  const t = useT()
  const go = useGo()
  const project = useProject()
  const [doing, setDoing] = useState<Doing | null>(null)
  const missions = useList(listMissions, { project_id: project.id, sort: ['start_at'], limit: 200 }, MissionRow).items
  const missionOf = (id: string): string => {
    const row = missions.find((one) => one.id === id)
    return row ? [row.day_code, row.title].filter(Boolean).join(' · ') : id
  }
  const filters: readonly ListFilter[] = [
    { name: 'phase', label: t('contracts.phase'), column: 'phase', pinned: true, values: contractPhases, text: (value) => wordOf(t, 'contracts.phase', value) },
    { name: 'kind', label: t('contracts.kind'), column: 'kind', pinned: true, values: contractKinds, text: (value) => wordOf(t, 'contracts.kind', value), short: (value) => wordOf(t, 'contracts.kind_short', value) },
    { name: 'mission', label: t('contracts.mission'), column: 'mission_id', pinned: true, values: missions.map(({ id }) => id), text: missionOf, none: t('contracts.no_mission') },
    { name: 'first', label: t('contracts.first_day'), column: 'first_day', kind: 'days' },
    { name: 'request', label: t('contracts.request'), column: 'request', values: requestKinds, text: (value) => wordOf(t, 'contracts.request', value), none: t('contracts.request_none') },
    { name: 'state', label: t('contracts.state'), column: 'state', values: contractVersionStates, text: (value) => stateWords(t, value) },
    { name: 'signed', label: t('contracts.signed_on'), column: 'signed_at', kind: 'days', zone: project.zone },
  ]
  const list = useListPage({ operation: listContractLines, row: ContractLine, projectId: project.id, filters, sort: ['phase', 'first_day', 'name'] })
  const columns = useContractColumns()
  const { selected, open } = list
  const may = list.can.has(createContract.name) && !project.archived
  // All of them, whatever is filtered: what Ctrl+Enter prepares when nobody is chosen.
  const waiting = useRowsOf(listContractLines, ContractLine, makes ? { project_id: project.id, sort: ['first_day', 'name'] } : null, 'phase', TO_PREPARE).rows ?? NO_ROWS
  const chosen = useRowsOf(listContractLines, ContractLine, selected.size > 0 ? { project_id: project.id } : null, 'id', [...selected]).rows
  const rows = selected.size > 0 ? (chosen ?? NO_ROWS) : NO_ROWS
  const mayPrepare = may && list.can.has(generateContract.name)
  const toPrepare = rows.filter(isWaiting)
  const concerned = selected.size > 0 ? toPrepare : waiting
  const steps = may ? stepsOffered(rows) : []
  // A contract opens its page: it is more than a panel holds.
  const opened = list.items.find(({ id }) => id === open) ?? waiting.find(({ id }) => id === open)
  const contract = opened?.contract_id ?? null
  useEffect(() => {
    if (contract) go(paths.contract(project.org, project.id, contract))
  }, [contract, go, project.org, project.id])
  const close = (): void => setDoing(null)
  const done = (): void => {
    close()
    list.setSelected(new Set())
  }
  const actions: Action[] = may
    ? [
        {
          id: 'contracts.prepare', label: t('contracts.prepare'), keys: 'mod+enter', group: 'page', run: () => setDoing('prepare'),
          ...(mayPrepare && concerned.length > 0 && !(opened && isWaiting(opened)) ? {} : { off: t('contracts.nobody_waits') }),
        },
        { id: 'contracts.mission', label: t('contracts.mission_title'), group: 'page', run: () => setDoing('mission') },
        { id: 'contracts.new', label: t('contracts.new'), keys: 'n c', group: 'new', run: () => setDoing('new') },
        ...steps.map(({ step }) => ({ id: `contracts.${step}`, label: t(`contracts.step.${step}`), group: 'page' as const, run: () => setDoing(step) })),
      ]
    : []
  useActions(actions)
  const prepare = mayPrepare && waiting.length > 0 && (
    <Button kind="primary" icon={FileSignature} label={t('contracts.prepare_count', { count: waiting.length })} keys={t('contracts.keys_prepare')} onClick={() => setDoing('prepare')} />
  )
  return (
    <>
      <ListPage
        list={list}
        title={t('contracts.title')}
        scope={project.name}
        all={t('contracts.all')}
        columns={columns}
        nameOf={(row) => [row.name, row.reference].filter(Boolean).join(' · ')}
        role={t('contracts.role')}
        {...(print ? { print } : {})}
        actions={
          may && (
            <>
              <Button icon={Users} label={t('contracts.mission_short')} onClick={() => setDoing('mission')} />
              <Button icon={Plus} label={t('contracts.new')} keys="N C" onClick={() => setDoing('new')} />
              {prepare}
            </>
          )
        }
        views={
          <div className={styles['views']}>
            {views}
            <PhaseCounters chosen={list.filterText('phase')} onChoose={(text) => list.setFilter('phase', text)} />
          </div>
        }
        strip={project.archived ? <ReadOnlyStrip text={t('project.archived_strip')} /> : !makes && <ReadOnlyStrip note text={t('contracts.own_only')} />}
        panel={opened && isWaiting(opened) && <PreparePanel key={opened.id} row={opened} may={mayPrepare} onClose={() => list.setOpen(null)} />}
        bulk={() => (
          <>
            {mayPrepare && toPrepare.length > 0 && <Button small label={t('contracts.prepare_count', { count: toPrepare.length })} keys={t('contracts.keys_prepare')} onClick={() => setDoing('prepare')} />}
            {steps.map(({ step, count }) => (
              <Button key={step} small label={t(`contracts.step_count.${step}`, { count })} onClick={() => setDoing(step)} />
            ))}
          </>
        )}
        empty={
          <EmptyState text={t('contracts.empty')} help="contracts">
            {may && <Button icon={Plus} label={t('contracts.new')} keys="N C" onClick={() => setDoing('new')} />}
          </EmptyState>
        }
      />
      {doing === 'prepare' && mayPrepare && concerned.length > 0 && <GenerateDialog rows={concerned} onClose={close} onDone={done} />}
      {doing === 'mission' && <MissionBatchDialog mission={oneOf(list.filterText('mission'))} onClose={close} onDone={close} />}
      {doing === 'new' && <NewContractDialog onClose={close} />}
      {doing !== null && doing !== 'prepare' && doing !== 'mission' && doing !== 'new' && rows.length > 0 && <StepsDialog step={doing} rows={rows} onClose={close} onDone={done} />}
    </>
  )
}

const TO_PREPARE = ['to_prepare']
const NO_ROWS: readonly ContractLine[] = []
/** The one mission that the page is filtered by, or none. */
const oneOf = (text: string): string => (/^[^!~,*\\]+$/.test(text) ? text : '')

/** How many stand where; each is a filter of the page. */
function PhaseCounters({ chosen, onChoose }: { chosen: string; onChoose: (phase: string) => void }) {
  const t = useT()
  const project = useProject()
  const { answer } = useAnswer(listContractLines, { project_id: project.id, limit: 1, facets: ['phase'] })
  const counts = new Map((answer?.value.facets?.['phase'] ?? []).map(({ value, count }) => [String(value), count]))
  const shown = contractPhases.filter((phase) => (counts.get(phase) ?? 0) > 0 || chosen === phase)
  if (shown.length === 0) return null
  return (
    <div className={styles['counters']} role="group" aria-label={t('contracts.phase')}>
      {shown.map((phase) => (
        <CounterFilter key={phase} label={t('contracts.phase_count', { phase: t(`contracts.phase.${phase}`), count: counts.get(phase) ?? 0 })} on={chosen === phase} onChoose={(on) => onChoose(on ? phase : '')} />
      ))}
    </div>
  )
}
