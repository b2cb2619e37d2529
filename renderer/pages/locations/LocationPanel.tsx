import { getLocation, locations } from '../../../shared/domain/locations/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { LocationRow } from '../../app/rows.ts'
import { Attachments } from '../../components/attachments/Attachments.tsx'
import { RecordHistory } from '../../components/RecordHistory.tsx'
import { Button } from '../../components/Button.tsx'
import { useDraft } from '../../components/draft.ts'
import { DraftLine } from '../../components/DraftLine.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { Facts, PanelSection, SidePanel } from '../../components/SidePanel.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { NewRecordPanel, PendingPanel } from '../RecordPanel.tsx'
import { emptyLocation, LocationFields } from './LocationFields.tsx'
import { Distances, FormerNames, MissionsHere } from './PlaceSections.tsx'
import { PlanSection } from './PlanSection.tsx'
import { StatusSection } from './StatusSection.tsx'

export function LocationPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const asked = useAnswer(getLocation, { id }, { keep: false })
  const place = asked.answer ? LocationRow.safeParse(asked.answer.value) : null
  if (!asked.answer || !place?.success) return <PendingPanel asked={asked} record={id} onClose={onClose} />
  return <LocationDetail key={id} place={place.data} can={asked.answer.can} onClose={onClose} />
}

function LocationDetail({ place, can, onClose }: { place: LocationRow; can: ReadonlySet<string>; onClose: () => void }) {
  const t = useT()
  const draft = useDraft(place, place.id, 'location')
  const update = useCommand(locations.update)
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
      history={() => <RecordHistory entity="location" id={place.id} />}
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
      <FormErrorSummary failure={update.failure} />
      {mayUpdate ? (
        <LocationFields draft={draft} failure={update.failure} self={place.id} />
      ) : (
        <ReadOnly place={place} />
      )}
      <PlanSection place={place} draft={draft} mayWrite={mayUpdate} />
      <MissionsHere place={place.id} />
      <Distances place={place} />
      <PanelSection title={t('location.files')}>
        <Attachments entity="location" id={place.id} project={null} mayAdd={can.has('attachment.add') || mayUpdate} />
      </PanelSection>
      <StatusSection place={place} mayChange={can.has('location.set_status')} />
      <FormerNames history={place.label_history} />
    </SidePanel>
  )
}

function ReadOnly({ place }: { place: LocationRow }) {
  const t = useT()
  const texts = ['address', 'zone', 'description', 'access_notes', 'parking', 'power', 'quiet_hours', 'dimensions', 'equipment_capacity', 'accessibility', 'contact_name', 'contact_phone', 'on_site_aid'] as const
  return (
    <Facts
      facts={[
        [t('location.kind'), wordOf(t, 'location.kind', place.kind)],
        [t('location.parent'), place.parent_name],
        ...texts.map((name) => [t(`location.${name}`), place[name]] as const),
        [t('location.gates'), place.gates.join(', ')],
        [t('location.hazards'), place.hazards.join(', ')],
        [t('location.capacity'), place.capacity === null ? null : String(place.capacity)],
        [t('location.hospital'), [place.hospital_name, place.hospital_address, place.hospital_phone].filter(Boolean).join(', ')],
        [t('location.hospital_minutes'), place.hospital_minutes === null ? null : String(place.hospital_minutes)],
      ]}
    />
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
