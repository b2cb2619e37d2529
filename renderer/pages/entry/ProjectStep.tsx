import { useEffect, useState } from 'react'
import { getOrganization } from '../../../shared/domain/organization/operations.ts'
import { locations } from '../../../shared/domain/locations/operations.ts'
import { createProject } from '../../../shared/domain/planning/operations.ts'
import type { CallFailure } from '../../app/client.ts'
import { openOrganization } from '../../app/host-operations.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { OrganizationRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { missingDays } from '../missing.ts'
import { codeOf, emptyProject, ProjectFields } from '../planning/ProjectForm.tsx'
import { windowOfDays } from '../planning/project-input.ts'
import { EntryForm } from './EntryFrame.tsx'

export function ProjectStep({ org, onSkip, onDone }: { org: string; onSkip: () => void; onDone: (project: string) => void }) {
  const t = useT()
  const language = usePreferences((state) => state.language)
  const open = useCommand(openOrganization, { org: null })
  const { run } = open
  const [opened, setOpened] = useState(false)
  useEffect(() => {
    void run({ id: org }).then((answer) => setOpened(answer !== null))
    // Opened once, when the step is shown.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [org])
  const { answer } = useAnswer(getOrganization, opened ? {} : null, { org })
  const organization = answer ? OrganizationRow.parse(answer.value.organization) : null
  const create = useCommand(createProject, { org })
  const place = useCommand(locations.create, { org })
  const [entry, setEntry] = useState(() => emptyProject('Europe/Paris'))
  const [where, setWhere] = useState('')
  const [missing, setMissing] = useState<CallFailure | null>(null)
  useEffect(() => {
    if (organization) setEntry((now) => (now.name === '' ? { ...now, zone: organization.default_zone } : now))
    // The organization's zone is a starting value only.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [organization?.id])
  const submit = async (): Promise<void> => {
    if (!entry.first || !entry.last) return setMissing(missingDays(entry.first, entry.last))
    setMissing(null)
    const made = await create.run({
      name: entry.name.trim(),
      code: codeOf(entry),
      zone: entry.zone,
      currency: organization?.default_currency ?? 'EUR',
      ...windowOfDays(entry.first, entry.last, entry.zone),
      document_language: language,
      sheet_layout: organization?.kind === 'film' ? 'film' : organization?.kind === 'theatre' ? 'theatre' : 'stage',
    })
    if (!made) return
    if (where.trim() && !(await place.run({ name: where.trim(), zone: entry.zone }))) return
    onDone(made.value.id)
  }
  const failure = missing ?? create.failure ?? place.failure ?? open.failure
  return (
    <EntryForm
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.skip')} onClick={onSkip} />
          <Button type="submit" kind="primary" label={t('welcome.finish')} disabled={create.pending || !opened} />
        </>
      }
    >
      <FormErrorSummary failure={failure} />
      <ProjectFields entry={entry} onChange={setEntry} failure={failure} />
      <TextField label={t('welcome.main_location')} hint={t('welcome.main_location_hint')} optional value={where} onChange={setWhere} />
    </EntryForm>
  )
}
