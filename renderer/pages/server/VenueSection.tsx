import { RadioTower } from 'lucide-react'
import { useState } from 'react'
import type { VenuePeer, VenueServing, VenueState } from '../../../shared/domain/sync/states.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { syncStatus, venueAddresses, venueAdmit, venueClose, venueJoin, venueLeave, venueOpen } from '../../app/sync/operations.ts'
import { useSince } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { Select, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { SectionHead } from '../settings/SectionHead.tsx'
import { Code2d } from './Code2d.tsx'
import styles from './Server.module.css'

/** One computer serves the others where there is no Internet: opened by a person, on an address they choose, joined with a code. */
export function VenueSection() {
  const t = useT()
  const asked = useAnswer(syncStatus, {})
  const status = asked.answer?.value
  if (!status) return asked.failure ? <ErrorState failure={asked.failure} onRetry={asked.retry} /> : <LoadingSkeleton rows={5} />
  return (
    <>
      <SectionHead title={t('settings.section.venue')} about={t('venue.about')} />
      <p className={styles['muted']}>{t('venue.provisional')}</p>
      {status.venue?.serving ? (
        <Serving venue={status.venue} serving={status.venue.serving} />
      ) : status.venue ? (
        <Served venue={status.venue} />
      ) : (
        <>
          {status.can.includes('venue.open') && <OpenForm />}
          <JoinForm />
        </>
      )}
    </>
  )
}

function OpenForm() {
  const t = useT()
  const asked = useAnswer(venueAddresses, {})
  const open = useCommand(venueOpen)
  const items = asked.answer?.value.items ?? []
  const [address, setAddress] = useState('')
  const chosen = items.find((one) => one.address === address)?.address ?? ''
  return (
    <form
      className={styles['form']}
      aria-label={t('venue.open_title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void open.run({ address: chosen, port: 0 })
      }}
    >
      <h3>{t('venue.open_title')}</h3>
      <FormErrorSummary failure={open.failure ?? asked.failure} />
      {asked.answer && items.length === 0 ? (
        <p className={styles['note']}>{t('venue.no_address')}</p>
      ) : (
        <>
          <Select
            label={t('venue.address')}
            hint={t('venue.address_hint')}
            name="address"
            value={chosen}
            choices={[{ value: '', label: t('venue.address_choose') }, ...items.map((one) => ({ value: one.address, label: [one.address, one.loopback ? t('venue.loopback') : one.name].filter(Boolean).join(', ') }))]}
            onChange={setAddress}
          />
          <div className={styles['actions']}>
            <Button type="submit" kind="primary" icon={RadioTower} label={t('venue.open')} disabled={open.pending || chosen === ''} />
          </div>
        </>
      )}
    </form>
  )
}

function Serving({ venue, serving }: { venue: VenueState; serving: VenueServing }) {
  const t = useT()
  const since = useSince()
  const close = useCommand(venueClose)
  return (
    <>
      <section className={styles['part']}>
        <h3>{t('venue.serving', { at: since(venue.since) })}</h3>
        <div className={styles['served']}>
          <div>
            <p>{t('venue.give')}</p>
            <p className={styles['big']}>{serving.code}</p>
            <p className={styles['code']}>{serving.url}</p>
          </div>
          <Code2d text={`${serving.url}#${serving.code}`} label={t('venue.code2d')} />
        </div>
        <FormErrorSummary failure={close.failure} />
        <p className={styles['muted']}>{t('venue.close_about')}</p>
        <div className={styles['actions']}>
          <Button label={t('venue.close')} disabled={close.pending} onClick={() => void close.run({})} />
        </div>
      </section>
      <Peers peers={serving.peers} />
    </>
  )
}

/** Who takes part; whom this computer does not know waits until somebody here lets them in. */
function Peers({ peers }: { peers: readonly VenuePeer[] }) {
  const t = useT()
  const since = useSince()
  const admit = useCommand(venueAdmit)
  const waiting = peers.filter(({ admitted }) => !admitted).length
  return (
    <section className={styles['part']}>
      <h3>{t('venue.joined')}</h3>
      <p role="status">
        {t('venue.peers', { count: peers.length - waiting })} {waiting > 0 && t('venue.peers_waiting', { count: waiting })}
      </p>
      <FormErrorSummary failure={admit.failure} />
      {peers.length > 0 && (
        <table className={styles['table']} aria-label={t('venue.joined')}>
          <thead>
            <tr>
              <th scope="col">{t('members.name')}</th>
              <th scope="col">{t('server.device')}</th>
              <th scope="col">{t('venue.since')}</th>
              <th scope="col">{t('venue.seen')}</th>
              <th scope="col">{t('members.standing')}</th>
            </tr>
          </thead>
          <tbody>
            {peers.map((peer) => (
              <tr key={peer.id}>
                <td>{peer.name}</td>
                <td>{peer.device}</td>
                <td>{since(peer.since)}</td>
                <td>{since(peer.last_seen_at)}</td>
                <td>{peer.admitted ? t('venue.admitted') : <Button small label={t('venue.admit')} aria-label={t('venue.admit_of', { name: peer.name, device: peer.device })} disabled={admit.pending} onClick={() => void admit.run({ id: peer.id })} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Served({ venue }: { venue: VenueState }) {
  const t = useT()
  const since = useSince()
  const leave = useCommand(venueLeave)
  return (
    <section className={styles['part']}>
      <h3>{t('venue.served', { name: venue.name, at: since(venue.since) })}</h3>
      <p role="status" className={venue.trouble ? styles['warn'] : styles['muted']}>
        {venue.trouble ? t(`venue.trouble.${venue.trouble}`) : t('venue.peers', { count: venue.peers })}
      </p>
      <FormErrorSummary failure={leave.failure} />
      <p className={styles['muted']}>{t('venue.leave_about')}</p>
      <div className={styles['actions']}>
        <Button label={t('venue.leave')} disabled={leave.pending} onClick={() => void leave.run({})} />
      </div>
    </section>
  )
}

function JoinForm() {
  const t = useT()
  const textOf = useFailureText()
  const join = useCommand(venueJoin)
  const [url, setUrl] = useState('')
  const [code, setCode] = useState('')
  return (
    <form
      className={styles['form']}
      aria-label={t('venue.join_title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void join.run({ url: url.trim(), code: code.trim() })
      }}
    >
      <h3>{t('venue.join_title')}</h3>
      <FormErrorSummary failure={join.failure} />
      <TextField label={t('venue.join_url')} hint={t('venue.join_hint')} name="url" inputMode="url" autoComplete="off" spellCheck={false} value={url} onChange={setUrl} error={textOf.field(join.failure, 'url')} />
      <TextField label={t('venue.join_code')} name="code" autoComplete="off" spellCheck={false} value={code} onChange={setCode} error={textOf.field(join.failure, 'code')} />
      <div className={styles['actions']}>
        <Button type="submit" label={t('venue.join')} disabled={join.pending || url.trim() === '' || code.trim() === ''} />
      </div>
    </form>
  )
}
