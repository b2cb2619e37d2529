import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useT } from '../../i18n/index.ts'
import { openDemo } from '../host-operations.ts'
import { useCommand } from '../queries.ts'
import { paths, useGo } from '../routes.ts'
import type { DemoDate } from './shell-actions.ts'

/** Asked before the demonstration is made anew: what was tried in it goes, nothing else is touched. */
export function DemoAgain({ date, onClose }: { date: DemoDate; onClose: () => void }) {
  const t = useT()
  const go = useGo()
  const demo = useCommand(openDemo, { org: null })
  const make = async (): Promise<void> => {
    const made = await demo.run({ anew: true, date })
    if (!made) return
    onClose()
    go(paths.organization(made.value.id))
  }
  return <ConfirmDialog danger title={t('app.demo_again')} about={t('app.demo_again_about')} action={t('app.demo_again_do')} pending={demo.pending} failure={demo.failure} onClose={onClose} onConfirm={() => void make()} />
}
