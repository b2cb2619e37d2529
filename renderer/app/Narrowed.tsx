import { Eye, EyeOff } from 'lucide-react'
import { Button } from '../components/Button.tsx'
import { useT, wordOf } from '../i18n/index.ts'
import type { AppState } from './host-operations.ts'
import styles from './Narrowed.module.css'
import { OrganizationPages } from './pages.tsx'
import { toggleAmounts } from './presence.ts'
import { useProjects } from './projects.ts'
import { useCommand } from './queries.ts'
import { seeAsSelf } from './session-operations.ts'

/** The pages, under a line that says what this window leaves out: another role is seen as, amounts are hidden. */
export function Narrowed({ state }: { state: AppState }) {
  return (
    <div className={styles['stack']}>
      {state.see_as ? <SeeingAs role={state.see_as.role} project={state.see_as.project_id} /> : null}
      {state.amounts === 'hidden' && !state.see_as ? <AmountsHidden state={state} /> : null}
      <div className={styles['pages']}>
        <OrganizationPages />
      </div>
    </div>
  )
}

function SeeingAs({ role, project }: { role: string; project: string | null }) {
  const t = useT()
  const back = useCommand(seeAsSelf, { org: null })
  const projects = useProjects()
  const where = project ? (projects.find(({ id }) => id === project)?.name ?? '') : t('see_as.organization')
  return (
    <div className={styles['seeing']} role="status">
      <Eye size={14} aria-hidden />
      <span>{t('see_as.banner', { role: wordOf(t, 'role', role), where })}</span>
      <Button small label={t('see_as.stop')} disabled={back.pending} onClick={() => void back.run({})} />
    </div>
  )
}

function AmountsHidden({ state }: { state: AppState }) {
  const t = useT()
  return (
    <div className={styles['hidden']} role="status">
      <EyeOff size={14} aria-hidden />
      <span>{t('amounts.hidden')}</span>
      <Button small kind="quiet" keys="Ctrl ⇧ H" label={t('amounts.show')} onClick={() => void toggleAmounts(state)} />
    </div>
  )
}
