import { useState } from 'react'
import { setLocationStatus } from '../../../shared/domain/locations/operations.ts'
import { useCommand } from '../../app/queries.ts'
import type { LocationRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { tagLine } from '../../components/RowList.tsx'
import { PanelSection } from '../../components/SidePanel.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { useMissionsHere } from './PlaceSections.tsx'

const STATUSES = ['active', 'deprecated', 'offline'] as const
type Status = (typeof STATUSES)[number]

/** Whether the place may still be used; before it is taken away, how many missions stand there. */
export function StatusSection({ place, mayChange }: { place: LocationRow; mayChange: boolean }) {
  const t = useT()
  const status = useCommand(setLocationStatus)
  const used = useMissionsHere(place.id).total
  const [asking, setAsking] = useState<Status | null>(null)
  const change = (to: Status): void => void status.run({ id: place.id, status: to }).then((done) => done && setAsking(null))
  return (
    <PanelSection title={t('location.status')}>
      <p>{wordOf(t, 'location.status', place.status)}</p>
      {asking === null && <FormErrorSummary failure={status.failure} />}
      {mayChange && (
        <div className={tagLine}>
          {STATUSES.filter((other) => other !== place.status).map((other) => (
            <Button key={other} small label={t(`location.set.${other}`)} onClick={() => (other === 'active' ? change(other) : setAsking(other))} />
          ))}
        </div>
      )}
      {asking && (
        <ConfirmDialog
          title={`${t(`location.set.${asking}`)} · ${place.name}`}
          about={`${t('location.used', { count: used })} ${t('location.status_about')}`}
          action={t(`location.set.${asking}`)}
          pending={status.pending}
          failure={status.failure}
          onClose={() => setAsking(null)}
          onConfirm={() => change(asking)}
        />
      )}
    </PanelSection>
  )
}
