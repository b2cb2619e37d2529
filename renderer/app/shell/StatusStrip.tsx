import { Eye, EyeOff, Info, TriangleAlert, X } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../../components/Button.tsx'
import { isKey, useT, wordOf } from '../../i18n/index.ts'
import type { AppState } from '../host-operations.ts'
import { useNotice } from '../notice.ts'
import { toggleAmounts } from '../presence.ts'
import { useProjects } from '../projects.ts'
import { useCommand } from '../queries.ts'
import { seeAsSelf } from '../session-operations.ts'
import { useStorageNews } from '../storage-news.ts'
import { useFollowedLine, useSyncStatus } from '../sync/status.ts'
import { useSyncLine } from '../sync/strip.tsx'
import styles from './Shell.module.css'
import { mostSevere } from './strip-order.ts'
import type { StripKind } from './strip-order.ts'

interface Said {
  key: string
  kind: StripKind
  /** Of a line about the exchange with the server; missing: by its kind. */
  tone?: 'info' | 'warning' | 'success'
  text: ReactNode
  sign?: LucideIcon
  action?: ReactNode
  dismiss?: () => void
}

/** One line, only when something needs saying, the most severe first; what else there is to say is a press away. */
export function StatusStrip({ state, org }: { state: AppState; /** Null: its file cannot be used, nothing of it is said. */ org: string | null }) {
  const t = useT()
  const status = useSyncStatus(org !== null)
  useFollowedLine(status)
  const sync = useSyncLine(status)
  const said = mostSevere<Said>([...useFileNews(org), ...(sync ? [sync] : []), ...useRefusal(), ...warningsOf(state).map((warning): Said => ({ key: warning, kind: warningKind(warning), text: wordOf(t, 'warning', warning) })), ...(org ? narrowing(state) : [])])
  const [at, setAt] = useState<string | null>(null)
  const [first] = said
  const shown = said.find(({ key }) => key === at) ?? first
  if (!shown) return null
  const next = said[(said.indexOf(shown) + 1) % said.length]
  const tone = shown.tone ?? (shown.kind === 'calm' || shown.kind === 'amounts' ? 'info' : 'warning')
  const Sign = shown.sign ?? (tone === 'info' ? Info : TriangleAlert)
  return (
    // What moves with every change typed (how much waits) is said once, when the network goes and comes back.
    <div className={`${styles['strip']} ${tone === 'info' ? '' : styles[tone]}`} role="status" {...(MOVING.has(shown.kind) ? { 'aria-live': 'off' } : {})} data-strip={shown.kind}>
      <Sign size={14} aria-hidden />
      <span className={styles['said']}>{shown.text}</span>
      {shown.action}
      {said.length > 1 && next && <Button kind="quiet" small label={t('strip.next', { count: said.length - 1 })} onClick={() => setAt(next.key)} />}
      {shown.dismiss && <Button kind="quiet" small iconOnly icon={X} label={t('action.close')} onClick={shown.dismiss} />}
    </div>
  )
}

const MOVING: ReadonlySet<StripKind> = new Set(['offline', 'retrying', 'back'])

const warningsOf = (state: AppState): string[] => state.warnings.filter((warning) => typeof warning === 'string')
const warningKind = (warning: string): StripKind => (warning === 'read_only' ? 'read_only' : warning === 'disk_almost_full' ? 'disk' : 'warning')

function useFileNews(org: string | null): Said[] {
  const t = useT()
  const { news, hear } = useStorageNews()
  const key = news && news.org === org ? `storage.${news.state}` : ''
  return isKey(key) ? [{ key, kind: news?.state === 'ready' ? 'calm' : 'file', text: t(key), dismiss: () => hear(null) }] : []
}

function useRefusal(): Said[] {
  const notice = useNotice()
  return notice.text === null ? [] : [{ key: `refused.${notice.text}`, kind: 'refused', text: notice.text, dismiss: () => notice.say(null) }]
}

/** What this window leaves out: another role is seen as, amounts are hidden. */
function narrowing(state: AppState): Said[] {
  if (state.see_as) return [{ key: 'see_as', kind: 'see_as', sign: Eye, text: <SeeingAs role={state.see_as.role} project={state.see_as.project_id} />, action: <SeeAsSelf /> }]
  return state.amounts === 'hidden' ? [{ key: 'amounts', kind: 'amounts', sign: EyeOff, text: <AmountsHidden />, action: <ShowAmounts state={state} /> }] : []
}

function SeeingAs({ role, project }: { role: string; project: string | null }) {
  const t = useT()
  const projects = useProjects()
  const where = project ? (projects.find(({ id }) => id === project)?.name ?? '') : t('see_as.organization')
  return t('see_as.banner', { role: wordOf(t, 'role', role), where })
}

function SeeAsSelf() {
  const t = useT()
  const back = useCommand(seeAsSelf, { org: null })
  return <Button small label={t('see_as.stop')} disabled={back.pending} onClick={() => void back.run({})} />
}

function AmountsHidden() {
  const t = useT()
  return t('amounts.hidden')
}

function ShowAmounts({ state }: { state: AppState }) {
  const t = useT()
  return <Button small kind="quiet" keys="Ctrl ⇧ H" label={t('amounts.show')} onClick={() => void toggleAmounts(state)} />
}
