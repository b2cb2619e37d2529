import { Ellipsis, History, Send, Wallet } from 'lucide-react'
import { useState } from 'react'
import { useActions } from '../../../app/actions.ts'
import { useProject } from '../../../app/context.tsx'
import { useReadsCosts } from '../../../app/cost-reader.ts'
import { paths, useGo } from '../../../app/routes.ts'
import { Button } from '../../../components/Button.tsx'
import { Menu } from '../../../components/Menu.tsx'
import { useT } from '../../../i18n/index.ts'
import { openPlan } from '../opened.ts'
import { PublishDialog } from './PublishDialog.tsx'

/** What is done with the plan as a whole: publish it, look at what was published, see what it costs. */
export function PlanningMenu({ onOpen }: { onOpen: (opened: string) => void }) {
  const t = useT()
  const go = useGo()
  const project = useProject()
  const readsCosts = useReadsCosts(project.id)
  const [publishing, setPublishing] = useState(false)
  const publish = { id: 'plan.publish', label: t('publication.publish_open'), icon: Send, run: () => setPublishing(true) }
  const published = { id: 'plan.list', label: t('publication.plans'), icon: History, run: () => onOpen(openPlan(null)) }
  const costs = { id: 'cost.view', label: t('costs.open'), icon: Wallet, run: () => go(paths.costs(project.org, project.id)) }
  const offered = [...(project.can.has('plan.publish') ? [publish] : []), published, ...(readsCosts ? [costs] : [])]
  useActions(offered.map(({ id, label, run }) => ({ id, label, group: 'page' as const, run })))
  return (
    <>
      <Menu align="end" trigger={<Button iconOnly icon={Ellipsis} label={t('publication.menu')} />} groups={[{ key: 'plan', choices: offered.map(({ id, label, icon, run }) => ({ key: id, label, icon, onChoose: run })) }]} />
      {publishing && (
        <PublishDialog
          onClose={() => setPublishing(false)}
          onPublished={(id) => {
            setPublishing(false)
            onOpen(openPlan(id))
          }}
        />
      )}
    </>
  )
}
