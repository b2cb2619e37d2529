import { Cloud, CloudCheck, CloudOff, CloudUpload, HardDrive, History, KeyRound, OctagonAlert, RadioTower, RefreshCw, ShieldOff, ShieldX, Siren, TriangleAlert, Upload } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { Link } from 'wouter'
import { useT } from '../../i18n/index.ts'
import { paths, useOrg } from '../routes.ts'
import { pillFace } from './pill-face.ts'
import type { PillIcon } from './pill-face.ts'
import { useSecond, useSinceDay, useSyncStatus } from './status.ts'
import styles from './Sync.module.css'

const ICONS: Readonly<Record<PillIcon, LucideIcon>> = {
  computer: HardDrive, check: CloudCheck, up: CloudUpload, cloud: Cloud, off: CloudOff, conflict: OctagonAlert, retry: RefreshCw, refused: ShieldX, session: KeyRound, storage: TriangleAlert,
  update: Upload, recovering: History, brake: Siren, revoked: ShieldOff, venue: RadioTower,
}

/** How the exchange with the server stands; leads to the queue, or without a server to connecting. Its place keeps its width: what it says moves nothing. */
export function SyncPill({ closed }: { closed: boolean }) {
  const t = useT()
  const org = useOrg()
  const since = useSinceDay()
  const status = useSyncStatus(!closed)
  const now = useSecond(status?.phase === 'retrying')
  const face = status ? pillFace(status, since, now) : null
  const main = face ? t(face.main.key, face.main.values) : ''
  const rest = face?.rest ? t(face.rest.key, face.rest.values) : null
  const said = [main, rest].filter(Boolean).join(' · ')
  const local = status?.phase === 'local'
  const Icon = ICONS[face?.icon ?? 'computer']
  return (
    <div className={styles['slot']}>
      {face && org && (
        <Link
          href={local ? paths.settings(org, 'server') : paths.sync(org)}
          className={`${styles['pill']} ${styles[face.tone]}`}
          aria-label={t('pill.label', { said })}
          title={local ? t('pill.local_about') : said}
          data-sync={status?.phase}
        >
          <Icon size={14} strokeWidth={1.75} aria-hidden />
          <span>
            <b>{main}</b>
            {rest !== null && ` · ${rest}`}
          </span>
        </Link>
      )}
    </div>
  )
}
