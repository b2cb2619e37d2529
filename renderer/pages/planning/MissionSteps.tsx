import { useState } from 'react'
import { changeMissionStatus } from '../../../shared/domain/planning/operations.ts'
import { useCommand } from '../../app/queries.ts'
import type { MissionRow, NextState } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'

/** The steps that the core offers to this person; one it refuses all the same says what is missing. */
export function MissionSteps({ mission, steps }: { mission: Pick<MissionRow, 'id' | 'title'>; steps: readonly NextState[] }) {
  const t = useT()
  const change = useCommand(changeMissionStatus)
  const [asking, setAsking] = useState<MissionRow['status'] | null>(null)
  const step = steps.find((transition) => transition.to === asking)
  return (
    <>
      {!asking && <FormErrorSummary failure={change.failure} />}
      {steps.map((transition) => (
        <Button
          key={transition.to}
          small
          kind={transition.to === 'canceled' ? 'quiet' : 'secondary'}
          label={t(`mission.move.${transition.to}`)}
          onClick={() => {
            change.reset()
            if (transition.reason) setAsking(transition.to)
            else void change.run({ id: mission.id, to: transition.to })
          }}
        />
      ))}
      {asking && (
        <ConfirmDialog
          danger={asking === 'canceled'}
          title={asking === 'canceled' ? t('mission.cancel_title', { title: mission.title }) : t('mission.reason_title', { action: t(`mission.move.${asking}`) })}
          {...(asking === 'canceled' ? { about: t('mission.cancel_about') } : {})}
          action={t(`mission.move.${asking}`)}
          reason={step?.reason ? 'required' : 'optional'}
          pending={change.pending}
          failure={change.failure}
          onClose={() => setAsking(null)}
          onConfirm={(reason) => void change.run({ id: mission.id, to: asking, ...(reason ? { reason } : {}) }).then((done) => done && setAsking(null))}
        />
      )}
    </>
  )
}
