import { Gauge, RadioTower, RefreshCw, ScanSearch } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { SyncStatus } from '../../../shared/domain/sync/states.ts'
import { appState } from '../../app/host-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { paths, useGo, useOrg } from '../../app/routes.ts'
import { syncNow, syncVerify } from '../../app/sync/operations.ts'
import { pillFace } from '../../app/sync/pill-face.ts'
import { SignInAgain } from '../../app/sync/SignInAgain.tsx'
import { useSecond, useSince } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { HelpLink } from '../../components/HelpLink.tsx'
import { Facts } from '../../components/SidePanel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { SectionHead } from '../settings/SectionHead.tsx'
import { LeaveDialog, RemoveDialog, SignOutDialog } from './EndingDialogs.tsx'
import styles from './Server.module.css'

/** How the exchange stands, who of this computer takes part, and the ways out. */
export function Connected({ status }: { status: SyncStatus }) {
  const t = useT()
  const go = useGo()
  const org = useOrg() ?? ''
  const now = useCommand(syncNow)
  const gone = status.phase === 'revoked'
  return (
    <>
      <SectionHead title={t('settings.section.server')} about={t(gone ? 'strip.revoked_about' : 'server.connected_about')} />
      <HowItStands status={status} />
      {!gone && (
        <>
          <FormErrorSummary failure={now.failure} />
          <div className={styles['actions']}>
            <Button kind="primary" icon={RefreshCw} keys="Ctrl S" label={t('pill.send_now')} disabled={now.pending} onClick={() => void now.run({})} />
            <Link href={paths.sync(org)} className={styles['link']}>
              {t('server.queue')}
            </Link>
            {status.can.includes('sync.console') && <Button icon={Gauge} label={t('server.console')} onClick={() => go(paths.console(org))} />}
            {status.can.some((one) => one.startsWith('venue.')) && <Button icon={RadioTower} label={t('settings.section.venue')} onClick={() => go(paths.settings(org, 'venue'))} />}
          </div>
          <People status={status} />
          <Verifying />
          <Ways status={status} />
          <div>
            <HelpLink about="together" />
          </div>
        </>
      )}
    </>
  )
}

function HowItStands({ status }: { status: SyncStatus }) {
  const t = useT()
  const since = useSince()
  const format = useFormat()
  const clock = useSecond(status.phase === 'retrying')
  const { server, drift_ms: drift, attachments, unknown } = status
  const face = pillFace(status, since, clock)
  const rest = face.rest ? ` · ${t(face.rest.key, face.rest.values)}` : ''
  const files = attachments.up + attachments.down > 0 ? t('server.files_moving', { up: attachments.up, down: attachments.down }) : ''
  return (
    <div className={styles['facts']}>
      <Facts
        facts={[
          [t('server.state'), `${t(face.main.key, face.main.values)}${rest}`],
          [t('server.state_since'), format.moment(status.since)],
          [t('server.url'), server?.url],
          ...(server?.name && !server.url.includes(server.name) ? ([[t('server.name'), server.name]] as const) : []),
          ...(server?.version ? ([[t('server.version'), server.version]] as const) : []),
          [t('server.last_contact'), status.last_contact_at ? format.moment(status.last_contact_at) : t('server.never')],
          ...(drift === null ? [] : ([[t('server.clock'), t('server.clock_off', { minutes: Math.round(Math.abs(drift) / 60_000), side: drift > 0 ? 'ahead' : 'behind' })]] as const)),
          ...(files === '' ? [] : ([[t('server.files'), files]] as const)),
          ...(unknown > 0 ? ([[t('server.newer'), t('server.newer_about', { count: unknown })]] as const) : []),
          ...(status.secrets === undefined ? [] : ([[t('server.secrets'), t(`server.secrets.${status.secrets}`)]] as const)),
        ]}
      />
    </div>
  )
}

/** The signed-in person first, then who else of this computer has something to send. */
function People({ status }: { status: SyncStatus }) {
  const t = useT()
  const since = useSince()
  const [asking, setAsking] = useState(false)
  const me = useAnswer(appState, {}, { org: null }).answer?.value.session
  const out = status.phase === 'needs_sign_in'
  return (
    <section className={styles['part']}>
      <h3>{t('server.people')}</h3>
      <table className={styles['table']} aria-label={t('server.people')}>
        <thead>
          <tr>
            <th scope="col">{t('members.name')}</th>
            <th scope="col">{t('server.person_state')}</th>
            <th scope="col">{t('server.person_waiting')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('server.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>{t('server.you', { name: me?.name ?? '' })}</td>
            <td>{t(out ? 'server.signed_out_of' : 'server.signed_in_to')}</td>
            <td>{status.mine.waiting === 0 ? t('server.nothing_waits') : t('pill.waiting', { count: status.mine.waiting })}</td>
            <td className={styles['end']}>{out && <Button small label={t('strip.sign_in_open')} onClick={() => setAsking(true)} />}</td>
          </tr>
          {status.others.map((other) => (
            <tr key={other.user_id}>
              <td>{other.name}</td>
              <td>{t(other.signed_in ? 'server.signed_in_to' : 'server.signed_out_of')}</td>
              <td>{other.waiting === 0 ? t('server.nothing_waits') : t('server.waits_since', { count: other.waiting, at: since(other.since) })}</td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      {status.others.some(({ signed_in }) => !signed_in) && <p className={styles['muted']}>{t('server.others_about')}</p>}
      {asking && <SignInAgain server={status.server?.name ?? status.server?.url ?? ''} onClose={() => setAsking(false)} />}
    </section>
  )
}

/** Row for row against the server, with the answer in words. */
function Verifying() {
  const t = useT()
  const verify = useCommand(syncVerify)
  const [said, setSaid] = useState<string | null>(null)
  const run = async (): Promise<void> => {
    setSaid(null)
    const answer = await verify.run({})
    if (!answer) return
    const { comparable, differing } = answer.value
    setSaid(!comparable ? t('server.verify_later') : differing.length === 0 ? t('server.verify_equal') : t('server.verify_fetched', { kinds: differing.map((kind) => wordOf(t, 'entity', kind)).join(', ') }))
  }
  return (
    <section className={styles['part']}>
      <h3>{t('server.verify_title')}</h3>
      <p className={styles['muted']}>{t('server.verify_about')}</p>
      <FormErrorSummary failure={verify.failure} />
      <div className={styles['actions']}>
        <Button icon={ScanSearch} label={t('server.verify')} disabled={verify.pending} onClick={() => void run()} />
        <span role="status">{verify.pending ? t('server.verifying') : (said ?? '')}</span>
      </div>
    </section>
  )
}

function Ways({ status }: { status: SyncStatus }) {
  const t = useT()
  const [leaving, setLeaving] = useState<'out' | 'remove' | 'leave' | null>(null)
  const close = (): void => setLeaving(null)
  const [removes, leaves] = ['sync.remove', 'sync.leave'].map((one) => status.can.includes(one))
  return (
    <section className={styles['part']}>
      <h3>{t('server.ways')}</h3>
      <p className={styles['muted']}>{t('server.sign_out_about')}</p>
      {removes && <p className={styles['muted']}>{t('server.remove_about')}</p>}
      {leaves && <p className={styles['muted']}>{t('server.leave_about')}</p>}
      <div className={styles['actions']}>
        <Button label={t('server.sign_out')} onClick={() => setLeaving('out')} />
        {removes && <Button label={t('server.remove')} onClick={() => setLeaving('remove')} />}
        {leaves && <Button label={t('server.leave')} onClick={() => setLeaving('leave')} />}
      </div>
      {leaving === 'out' && <SignOutDialog status={status} onClose={close} />}
      {leaving === 'remove' && <RemoveDialog status={status} onClose={close} />}
      {leaving === 'leave' && <LeaveDialog status={status} onClose={close} />}
    </section>
  )
}
