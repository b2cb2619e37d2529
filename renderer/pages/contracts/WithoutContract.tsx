import { TriangleAlert } from 'lucide-react'
import { Link } from 'wouter'
import { listContracts } from '../../../shared/domain/contracts/queries.ts'
import { listCrew } from '../../../shared/domain/people/crew-operations.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer } from '../../app/queries.ts'
import { paths } from '../../app/routes.ts'
import { CounterFilter } from '../../components/CounterFilter.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Contracts.module.css'

/** Who accepted and has no contract, of a mission or of the project: a warning, for who draws contracts up; nothing is blocked. */
export function WithoutContract({ mission }: { mission?: string }) {
  const t = useT()
  const project = useProject()
  // No contract is asked for, only who waits for one.
  const asked = useAnswer(listContracts, { project_id: project.id, states: [], ...(mission === undefined ? {} : { mission_id: mission }) }, { keep: false })
  const count = new Set(asked.answer?.value.to_prepare.map(({ collaborator_id }) => collaborator_id)).size
  if (count === 0) return null
  return (
    <p className={styles['warned']} role="status">
      <TriangleAlert size={14} aria-hidden />
      <span>{t('contracts.warn', { count })}</span>
      <Link href={`${paths.contracts(project.org, project.id)}?${mission === undefined ? '' : `mission=${mission}&`}phase=to_prepare`}>{t('contracts.warn_open')}</Link>
    </p>
  )
}

/** The same as a filter of the crew. */
export function WithoutContractFilter({ on, onChoose }: { on: boolean; onChoose: (on: boolean) => void }) {
  const t = useT()
  const project = useProject()
  const { answer } = useAnswer(listCrew, { project_id: project.id, limit: 1, facets: ['contract'] })
  const count = answer?.value.facets?.['contract']?.find(({ value }) => value === 'missing')?.count ?? 0
  if (count === 0 && !on) return null
  return <CounterFilter label={t('contracts.without_count', { count })} title={t('contracts.warn', { count })} on={on} onChoose={onChoose} />
}
