import { getLocation, locations, setLocationStatus } from '../../../shared/domain/locations/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { LocationRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { useDraft } from '../../components/draft.ts'
import { DraftLine } from '../../components/DraftLine.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { tagLine } from '../../components/RowList.tsx'
import { Facts, SidePanel } from '../../components/SidePanel.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { NewRecordPanel, PendingPanel } from '../RecordPanel.tsx'
import { emptyLocation, LocationFields } from './LocationFields.tsx'

export function LocationPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const asked = useAnswer(getLocation, { id }, { keep: false })
  const place = asked.answer ? LocationRow.safeParse(asked.answer.value) : null
  if (!asked.answer || !place?.success) return <PendingPanel asked={asked} record={id} onClose={onClose} />
  return <LocationDetail key={id} place={place.data} can={asked.answer.can} onClose={onClose} />
}

const OTHERS = ['active', 'deprecated', 'offline'] as const

function LocationDetail({ place, can, onClose }: { place: LocationRow; can: ReadonlySet<string>; onClose: () => void }) {
  const t = useT()
  const draft = useDraft(place, place.id, 'location')
  const update = useCommand(locations.update)
  const status = useCommand(setLocationStatus)
  const mayUpdate = can.has('location.update')
  const save = async (): Promise<void> => {
    if (!draft.dirty) return
    if (await update.run({ id: place.id, version: place.version, changes: draft.changes })) {
      draft.clear(draft.changes)
      announce(t('person.saved'))
    }
  }
  return (
    <SidePanel
      title={place.name}
      record={place.id}
      onClose={onClose}
      onApply={() => void save()}
      footer={
        mayUpdate && (
          <>
            <Button kind="primary" label={t('action.save')} keys="Ctrl ⏎" disabled={!draft.dirty || update.pending} onClick={() => void save()} />
            {draft.dirty && <Button label={t('action.cancel')} onClick={() => draft.clear()} />}
          </>
        )
      }
    >
      <DraftLine draft={draft} />
      <FormErrorSummary failure={update.failure ?? status.failure} />
      {mayUpdate ? (
        <LocationFields draft={draft} failure={update.failure} self={place.id} />
      ) : (
        <Facts
          facts={[
            [t('location.kind'), wordOf(t, 'location.kind', place.kind)],
            [t('location.address'), place.address],
            [t('location.zone'), place.zone],
            [t('location.access_notes'), place.access_notes],
            [t('location.hospital'), place.hospital_name],
            [t('location.hospital_phone'), place.hospital_phone],
          ]}
        />
      )}
      {can.has('location.set_status') && (
        <div className={tagLine}>
          {OTHERS.filter((other) => other !== place.status).map((other) => (
            <Button key={other} small label={t(`location.set.${other}`)} onClick={() => void status.run({ id: place.id, status: other })} />
          ))}
        </div>
      )}
    </SidePanel>
  )
}

export function NewLocationPanel({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const t = useT()
  const zone = useCatalogue().organization?.default_zone ?? 'Europe/Paris'
  const draft = useDraft(emptyLocation, 'new', 'location')
  const create = useCommand(locations.create)
  const save = async (): Promise<void> => {
    const made = await create.run({ ...draft.changes, name: draft.get('name').trim(), zone: draft.get('zone') || zone })
    if (!made) return
    draft.clear()
    onMade(made.value.id)
  }
  return (
    <NewRecordPanel title={t('location.new')} making={create} draft={draft} onSave={save} onClose={onClose}>
      <LocationFields draft={draft} failure={create.failure} zone={zone} autoFocus />
    </NewRecordPanel>
  )
}
