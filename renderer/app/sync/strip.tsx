import { CloudCheck, CloudOff, TriangleAlert } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { SyncStatus } from '../../../shared/domain/sync/states.ts'
import { Button } from '../../components/Button.tsx'
import { useT } from '../../i18n/index.ts'
import { useCommand } from '../queries.ts'
import { paths, useGo, useOrg } from '../routes.ts'
import { BrakeDialog } from './BrakeDialog.tsx'
import { syncNow } from './operations.ts'
import { stripFace } from './pill-face.ts'
import type { StripFace, SyncStripKind } from './pill-face.ts'
import { SignInAgain } from './SignInAgain.tsx'
import { useLine, useSince } from './status.ts'

export interface SyncLine {
  key: string
  kind: SyncStripKind
  tone: StripFace['tone']
  text: ReactNode
  sign: LucideIcon
  action?: ReactNode
  dismiss?: () => void
}

const SIGNS: Readonly<Record<StripFace['tone'], LucideIcon>> = { info: CloudOff, success: CloudCheck, warning: TriangleAlert }

/** What the strip says of the exchange with the server; null: nothing. */
export function useSyncLine(status: SyncStatus | null): SyncLine | null {
  const t = useT()
  const since = useSince()
  const back = useLine((line) => line.back)
  const dismiss = useLine((line) => line.dismiss)
  const face = status ? stripFace(status, since, back) : null
  if (!status || !face) return null
  return {
    key: `sync.${face.kind}`,
    kind: face.kind,
    tone: face.tone,
    text: (
      <>
        <b>{t(face.main.key, face.main.values)}</b> {t(face.about.key, face.about.values)}
      </>
    ),
    sign: SIGNS[face.tone],
    action: <LineAction key={face.kind} kind={face.kind} status={status} />,
    ...(face.kind === 'back' ? { dismiss } : {}),
  }
}

function LineAction({ kind, status }: { kind: SyncStripKind; status: SyncStatus }) {
  const t = useT()
  const go = useGo()
  const org = useOrg()
  const now = useCommand(syncNow)
  const [asking, setAsking] = useState(false)
  if (!org) return null
  const close = (): void => setAsking(false)
  const open = (label: string): ReactNode => <Button small kind="quiet" label={label} onClick={() => go(paths.sync(org))} />
  switch (kind) {
    case 'sign_in':
      return (
        <>
          <Button small label={t('strip.sign_in_open')} onClick={() => setAsking(true)} />
          {asking && <SignInAgain server={status.server?.name ?? status.server?.url ?? ''} onClose={close} />}
        </>
      )
    case 'brake':
      return (
        <>
          <Button small label={t('strip.brake_open')} onClick={() => setAsking(true)} />
          {asking && <BrakeDialog removed={status.brake?.removed ?? 0} held={status.brake?.held ?? 0} onClose={close} />}
        </>
      )
    case 'retrying':
      return <Button small label={t('strip.retry_now')} disabled={now.pending} onClick={() => void now.run({})} />
    case 'back':
      return open(t('strip.conflicts_open', { count: status.mine.conflicts }))
    case 'kept':
      return open(status.mine.rejected > 0 ? t('strip.refused_open', { count: status.mine.rejected }) : t('strip.open', { count: status.mine.waiting }))
    case 'revoked':
      return null
    default:
      return open(t('strip.open', { count: status.mine.waiting }))
  }
}
