import { isLocalDate } from '../../../shared/kernel/instants.ts'
import { useContractReader } from '../../app/contract-reader.ts'
import { useProject } from '../../app/context.tsx'
import { useUrlState } from '../../app/routes.ts'
import type { PrintRequest } from '../../components/print/print-request.ts'
import { Page } from '../../components/Page.tsx'
import { ForbiddenState, LoadingSkeleton } from '../../components/States.tsx'
import { ViewTabs } from '../../components/ViewTabs.tsx'
import { useT } from '../../i18n/index.ts'
import { ContractList } from './ContractList.tsx'
import { PayTab } from './PayTab.tsx'
import { RadarTab } from './RadarTab.tsx'
import { RegisterTab } from './RegisterTab.tsx'

const VIEWS = ['list', 'radar', 'register', 'pay'] as const
type View = (typeof VIEWS)[number]

/** The contracts of a project, what the law asks of the employer there, its register of staff, its pay variables. */
export function ContractsPage() {
  const t = useT()
  const url = useUrlState()
  const project = useProject()
  const { makes, own } = useContractReader(project.id)
  const view: View = (makes && VIEWS.find((one) => one === url.get('tab'))) || 'list'
  const on = view === 'register' && isLocalDate(url.get('on')) ? url.get('on') : null
  const print: PrintRequest | undefined = makes ? { document: 'staff_register', project_id: project.id, ...(on ? { list: { filter: { on } } } : {}) } : undefined
  const views = makes && <ViewTabs label={t('contracts.title')} current={view} views={VIEWS.map((key) => ({ key, label: t(`contracts.tab.${key}`) }))} onChoose={(key) => url.set({ tab: key === 'list' ? null : key }, 'push')} />
  if (makes === null)
    return (
      <Page title={t('contracts.title')} scope={project.name}>
        <div />
        <div />
        <LoadingSkeleton />
      </Page>
    )
  if (!makes && !own)
    return (
      <Page title={t('contracts.title')} scope={project.name}>
        <div />
        <div />
        <ForbiddenState role={t('contracts.role')} />
      </Page>
    )
  if (view === 'list') return <ContractList views={views} print={print} makes={makes} />
  const Tab = view === 'radar' ? RadarTab : view === 'register' ? RegisterTab : PayTab
  return (
    <Page title={t('contracts.title')} scope={project.name} views={views} print={print}>
      <Tab />
    </Page>
  )
}
