import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changeMissionStatus, lockMission, removeMission, unlockMission } from '../../../shared/domain/planning/operations.ts'
import { call } from '../../app/client.ts'
import type { CallFailure, Declared, Plain } from '../../app/client.ts'
import { failureOf } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useT } from '../../i18n/index.ts'
import { MissionShift } from './MissionShift.tsx'

type Asking = 'shift' | 'cancel' | 'remove' | 'lock'

interface Together {
  run: <I>(operation: Declared<I, unknown>, inputs: readonly Plain<I>[]) => Promise<boolean>
  failure: CallFailure | null
  pending: boolean
  reset: () => void
}

/** Commands of one gesture, one after the other and undone as one; the first refusal stops and says itself. */
export function useTogether(): Together {
  const org = useOrg()
  const client = useQueryClient()
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const [pending, setPending] = useState(false)
  return {
    failure,
    pending,
    reset: () => setFailure(null),
    run: async (operation, inputs) => {
      const group = crypto.randomUUID()
      setPending(true)
      setFailure(null)
      let whole = true
      try {
        for (const input of inputs) await call(operation, input, { ...(org ? { org } : {}), group })
      } catch (error) {
        setFailure(failureOf(error))
        whole = false
      }
      await client.invalidateQueries({ queryKey: [org] })
      setPending(false)
      return whole
    },
  }
}

/** What can be done with the chosen missions; each is one gesture with one undo. */
export function MissionBulk({ selected, can, onDone }: { selected: ReadonlySet<string>; can: ReadonlySet<string>; onDone: () => void }) {
  const t = useT()
  const together = useTogether()
  const [asking, setAsking] = useState<Asking | null>(null)
  const ids = [...selected].slice(0, 100)
  const ask = (what: Asking): void => {
    together.reset()
    setAsking(what)
  }
  const finish = (done: boolean): void => {
    if (!done) return
    announce(t('missions.bulk_done', { count: ids.length }))
    setAsking(null)
    onDone()
  }
  return (
    <>
      {can.has('mission.shift') && <Button small label={t('missions.shift')} keys="D" onClick={() => ask('shift')} />}
      {can.has('mission.change_status') && <Button small label={t('mission.move.planned')} disabled={together.pending} onClick={() => void together.run(changeMissionStatus, ids.map((id) => ({ id, to: 'planned' as const }))).then((done) => (done ? finish(true) : setAsking('lock')))} />}
      {can.has('mission.lock') && <Button small label={t('mission.lock')} disabled={together.pending} onClick={() => void together.run(lockMission, ids.map((id) => ({ id }))).then((done) => (done ? finish(true) : setAsking('lock')))} />}
      {can.has('mission.unlock') && <Button small label={t('mission.unlock')} disabled={together.pending} onClick={() => void together.run(unlockMission, ids.map((id) => ({ id }))).then((done) => (done ? finish(true) : setAsking('lock')))} />}
      {can.has('mission.change_status') && <Button small kind="quiet" label={t('missions.cancel')} onClick={() => ask('cancel')} />}
      {can.has('mission.remove') && <Button small kind="quiet" label={t('action.remove')} onClick={() => ask('remove')} />}
      {asking === 'shift' && <MissionShift ids={ids} onClose={() => setAsking(null)} onDone={() => finish(true)} />}
      {asking === 'lock' && together.failure && (
        <ConfirmDialog title={t('missions.bulk_refused')} action={t('action.close')} pending={false} failure={together.failure} onClose={() => setAsking(null)} onConfirm={() => setAsking(null)} />
      )}
      {asking === 'cancel' && (
        <ConfirmDialog
          danger
          title={t('missions.cancel_title', { count: ids.length })}
          about={t('mission.cancel_about')}
          action={t('mission.move.canceled')}
          reason="required"
          pending={together.pending}
          failure={together.failure}
          onClose={() => setAsking(null)}
          onConfirm={(reason) => void together.run(changeMissionStatus, ids.map((id) => ({ id, to: 'canceled' as const, reason }))).then(finish)}
        />
      )}
      {asking === 'remove' && (
        <ConfirmDialog
          danger
          title={t('missions.remove_title', { count: ids.length })}
          about={t('missions.remove_about')}
          action={t('action.remove')}
          pending={together.pending}
          failure={together.failure}
          onClose={() => setAsking(null)}
          onConfirm={() => void together.run(removeMission, ids.map((id) => ({ id }))).then(finish)}
        />
      )}
    </>
  )
}
