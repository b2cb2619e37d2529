import { useContext, useState } from 'react'
import { z } from 'zod'
import { collaborators, getCollaborator } from '../../../shared/domain/people/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { ProjectAround } from '../../app/context.tsx'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { paths, useGo, useNamed, useOrg } from '../../app/routes.ts'
import { CertificationRow, CrewRoleRow } from '../../app/rows.ts'
import { Attachments } from '../../components/attachments/Attachments.tsx'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useDraft } from '../../components/draft.ts'
import { DraftLine } from '../../components/DraftLine.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { RecordHistory } from '../../components/RecordHistory.tsx'
import { Facts, PanelSection, SidePanel } from '../../components/SidePanel.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { hostZone } from '../../i18n/format.ts'
import { EngagementTimeline } from '../engagement/EngagementTimeline.tsx'
import { NewRecordPanel, PendingPanel } from '../RecordPanel.tsx'
import { AvailabilityCalendar } from './AvailabilityCalendar.tsx'
import { CertificationSection } from './CertificationSection.tsx'
import { ChangesSection } from './ChangesSection.tsx'
import { ConflictsSection } from './ConflictsSection.tsx'
import { CrewRolesSection } from './CrewRolesSection.tsx'
import { ConsentSection } from './ConsentSection.tsx'
import { HoursSection } from './HoursSection.tsx'
import { emptyPerson, PersonCard, PersonFields } from './PersonFields.tsx'
import { MailChoices } from './MailChoices.tsx'
import { NumbersSection } from './NumbersSection.tsx'
import { PapersSection } from './PapersSection.tsx'
import { PersonErase } from './PersonErase.tsx'
import { PersonExport } from './PersonExport.tsx'
import { ReservedNumbers } from './ReservedNumbers.tsx'
import { SkillSection } from './SkillSection.tsx'
import { LinkedUser, UserSection } from './UserSection.tsx'
import { WorkSection } from './WorkSection.tsx'

const PersonRecord = PersonCard.extend({
  crew_roles: z.array(CrewRoleRow), certifications: z.array(CertificationRow), skills: z.array(z.object({ skill_id: z.string(), level: z.number() })),
  user: LinkedUser.nullable(),
  consents: z.array(z.object({ purpose: z.string(), answer: z.string(), answered_on: z.string(), source: z.string() })),
})
type PersonRecord = z.infer<typeof PersonRecord>

export function PersonPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const asked = useAnswer(getCollaborator, { id }, { keep: false })
  const person = asked.answer ? PersonRecord.safeParse(asked.answer.value) : null
  if (!asked.answer || !person?.success) return <PendingPanel asked={asked} record={id} onClose={onClose} />
  return <PersonDetail key={id} person={person.data} can={asked.answer.can} hidden={asked.answer.hidden} onClose={onClose} />
}

function PersonDetail({ person, can, hidden, onClose }: { person: PersonRecord; can: ReadonlySet<string>; hidden: ReadonlySet<string>; onClose: () => void }) {
  const t = useT()
  const go = useGo()
  const org = useOrg() ?? ''
  const around = useContext(ProjectAround)
  const catalogue = useCatalogue()
  const draft = useDraft<PersonCard>(person, person.id, 'person')
  const update = useCommand(collaborators.update)
  const remove = useCommand(collaborators.remove)
  const [removing, setRemoving] = useState(false)
  const mayUpdate = can.has('collaborator.update')
  const shown = (column: string, value: string | null): string | null => (value === null && hidden.has(`collaborator.${column}`) ? t('person.reserved') : value)
  const save = async (): Promise<void> => {
    if (!draft.dirty) return
    if (await update.run({ id: person.id, version: person.version, changes: draft.changes })) {
      draft.clear(draft.changes)
      announce(t('person.saved'))
    }
  }
  return (
    <SidePanel
      title={person.display_name}
      record={person.id}
      history={() => <RecordHistory entity="collaborator" id={person.id} />}
      onClose={onClose}
      onApply={() => void save()}
      footer={
        mayUpdate && (
          <>
            <Button kind="primary" label={t('action.save')} keys="Ctrl ⏎" disabled={!draft.dirty || update.pending} onClick={() => void save()} />
            {draft.dirty && <Button label={t('action.cancel')} onClick={() => draft.clear()} />}
            {can.has('collaborator.remove') && <Button kind="quiet" label={t('action.remove')} onClick={() => setRemoving(true)} />}
          </>
        )
      }
    >
      <DraftLine draft={draft} />
      <FormErrorSummary failure={update.failure} />
      {mayUpdate ? (
        <PanelSection title={t('person.contact')}>
          <PersonFields draft={draft} failure={update.failure} hidden={hidden} />
        </PanelSection>
      ) : (
        <Facts
          facts={[
            [t('person.kind'), wordOf(t, 'person.kind', person.kind)],
            [t('person.phone'), shown('phone', person.phone)],
            [t('person.email'), shown('email', person.email)],
            [t('person.address'), shown('address', person.address)],
            [t('person.languages'), person.languages.join(', ')],
            [t('person.notes'), shown('notes', person.notes)],
            [t('person.roles'), person.crew_roles.map(catalogue.name).join(', ')],
          ]}
        />
      )}
      {can.has('collaborator.set_crew_roles') && (
        <PanelSection title={t('person.roles')}>
          <CrewRolesSection person={person.id} held={person.crew_roles} />
        </PanelSection>
      )}
      <PanelSection title={t('person.skills')}>
        <SkillSection person={person.id} held={person.skills} mayWrite={can.has('collaborator.set_skill')} />
      </PanelSection>
      <PanelSection title={t('person.certifications')}>
        <CertificationSection person={person.id} held={person.certifications} mayWrite={mayUpdate} />
      </PanelSection>
      <PanelSection title={t('person.availability')}>
        <AvailabilityCalendar person={person.id} mayWrite={can.has('availability.set')} />
        <Button small label={t('person.availability_open')} onClick={() => go(paths.availability(org, person.id))} />
      </PanelSection>
      <PanelSection title={t('person.assignments')}>
        <WorkSection person={person.id} />
      </PanelSection>
      {around && (
        <PanelSection title={t('person.changes', { name: person.display_name })} lazy>
          <ChangesSection person={person.id} project={around.id} />
        </PanelSection>
      )}
      <PanelSection title={t('engagement.timeline')} lazy>
        <EngagementTimeline about={{ collaborator_id: person.id }} zone={around?.zone ?? hostZone()} title={person.display_name} />
      </PanelSection>
      <PanelSection title={t('assignment.conflicts')} lazy>
        <ConflictsSection person={person.id} />
      </PanelSection>
      {person.kind === 'person' && (
        <PanelSection title={t('person.hours')} lazy>
          <HoursSection person={person.id} />
        </PanelSection>
      )}
      <PanelSection title={t('person.documents')}>
        <Attachments entity="collaborator" id={person.id} project={null} mayAdd={mayUpdate} />
      </PanelSection>
      <PanelSection title={t('person.consents')}>
        <ConsentSection person={person.id} given={person.consents} mayWrite={can.has('consent.record')} />
      </PanelSection>
      {mayUpdate && (
        <PanelSection title={t('messages.person_title')} lazy>
          <MailChoices person={person.id} mayWrite={mayUpdate} />
        </PanelSection>
      )}
      {can.has('vault.put') && (
        <PanelSection title={t('numbers.title')} lazy>
          <NumbersSection person={person.id} name={person.display_name} />
          <PapersSection person={person.id} name={person.display_name} />
        </PanelSection>
      )}
      {mayUpdate && !can.has('vault.put') && (
        <PanelSection title={t('numbers.title')} lazy>
          <ReservedNumbers />
        </PanelSection>
      )}
      {(person.user !== null || can.has('collaborator.link_user')) && (
        <PanelSection title={t('person.user')}>
          <UserSection person={person.id} user={person.user} mayLink={can.has('collaborator.link_user')} />
        </PanelSection>
      )}
      <PersonExport person={person.id} />
      {can.has('collaborator.erase') && <PersonErase person={person.id} name={person.display_name} onErased={onClose} />}
      {removing && (
        <ConfirmDialog
          danger
          title={t('person.remove_title', { name: person.display_name })}
          about={t('person.remove_about')}
          action={t('action.remove')}
          pending={remove.pending}
          failure={remove.failure}
          onClose={() => setRemoving(false)}
          onConfirm={() => void remove.run({ id: person.id }).then((done) => done && onClose())}
        />
      )}
    </SidePanel>
  )
}

export function NewPersonPanel({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const t = useT()
  const draft = useDraft<PersonCard>(emptyPerson, 'new', 'person')
  const create = useCommand(collaborators.create)
  useNamed((name) => draft.set('display_name', name))
  const save = async (): Promise<void> => {
    const { first_name, last_name, display_name } = { ...emptyPerson, ...draft.changes }
    const name = display_name.trim() || [first_name, last_name].filter(Boolean).join(' ')
    const made = await create.run({ ...draft.changes, display_name: name })
    if (!made) return
    draft.clear()
    onMade(made.value.id)
  }
  return (
    <NewRecordPanel title={t('person.new')} making={create} draft={draft} onSave={save} onClose={onClose}>
      <PersonFields draft={draft} failure={create.failure} autoFocus />
    </NewRecordPanel>
  )
}
