import { useState } from 'react'
import type { CallFailure } from '../../app/client.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { missingFields } from '../missing.ts'
import { emptyProject, ProjectFields } from '../planning/ProjectForm.tsx'
import { EntryForm } from './EntryFrame.tsx'
import { useEntered } from './welcome.ts'

/** Name, days, place and zone of the first project; it is made with the rest, at the end. */
export function ProjectStep({ onBack, onDone }: { onBack: () => void; onDone: () => void }) {
  const t = useT()
  const [{ project }, set] = useEntered()
  const [missing, setMissing] = useState<CallFailure | null>(null)
  const { name, code, first, last, zone, where } = project
  const submit = (): void => {
    const lacking = [...(name.trim() ? [] : ['name']), ...(first ? [] : ['start_at']), ...(last && (!first || last >= first) ? [] : ['end_at'])]
    if (lacking.length > 0) return setMissing(missingFields(...lacking))
    set({ without_project: false })
    onDone()
  }
  return (
    <EntryForm
      onSubmit={submit}
      actions={
        <>
          <Button label={t('action.back')} onClick={onBack} />
          <Button
            label={t('action.skip')}
            onClick={() => {
              set({ without_project: true })
              onDone()
            }}
          />
          <Button type="submit" kind="primary" label={t('action.continue')} />
        </>
      }
    >
      <FormErrorSummary failure={missing} />
      <ProjectFields
        entry={emptyProject(zone, { name, code, first, last })}
        onChange={(entry) => set({ project: { name: entry.name, code: entry.code, first: entry.first, last: entry.last, zone: entry.zone, where } })}
        failure={missing}
      />
      <TextField label={t('welcome.main_location')} hint={t('welcome.main_location_hint')} name="where" optional maxLength={200} value={where} onChange={(typed) => set({ project: { ...project, where: typed } })} />
    </EntryForm>
  )
}
