import { useState } from 'react'
import { createProject } from '../../../shared/domain/planning/operations.ts'
import type { CallFailure } from '../../app/client.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { formStack } from '../../components/FormLayout.ts'
import type { ProjectRow } from '../../app/rows.ts'
import { Dialog } from '../../components/Dialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { missingDays } from '../missing.ts'
import { codeOf, emptyProject, ProjectFields, ProjectMoreFields } from './ProjectForm.tsx'
import { windowOfDays } from './project-input.ts'

/** A new project; `from`: with the settings of another, not its dates nor its missions. */
export function ProjectDialog({ from = null, onClose, onDone }: { from?: ProjectRow | null; onClose: () => void; onDone: (id: string) => void }) {
  const t = useT()
  const language = usePreferences((state) => state.language)
  const { organization } = useCatalogue()
  const create = useCommand(createProject)
  const [entry, setEntry] = useState(() => emptyProject(from?.zone ?? organization?.default_zone ?? 'Europe/Paris', {
    currency: from?.currency ?? organization?.default_currency ?? 'EUR', client_name: from?.client_name ?? null, document_language: from?.document_language ?? organization?.default_language ?? language,
    sheet_layout: from?.sheet_layout ?? (organization?.kind === 'film' ? 'film' : organization?.kind === 'theatre' ? 'theatre' : 'stage'), school_zone: from?.school_zone ?? null, agreement: from?.agreement ?? null, emergency: from?.emergency ?? null, tags: from?.tags ?? [],
  }))
  const [missing, setMissing] = useState<CallFailure | null>(null)
  const submit = async (): Promise<void> => {
    if (!entry.first || !entry.last) return setMissing(missingDays(entry.first, entry.last))
    setMissing(null)
    const made = await create.run({
      name: entry.name.trim(),
      code: codeOf(entry),
      zone: entry.zone,
      currency: entry.currency,
      ...windowOfDays(entry.first, entry.last, entry.zone),
      document_language: entry.document_language,
      sheet_layout: entry.sheet_layout,
      ...(entry.client_name ? { client_name: entry.client_name } : {}),
      ...(entry.school_zone ? { school_zone: entry.school_zone } : {}),
      ...(entry.agreement ? { agreement: entry.agreement } : {}),
      ...(entry.emergency ? { emergency: entry.emergency } : {}),
      tags: [...entry.tags],
    })
    if (made) onDone(made.value.id)
  }
  const failure = missing ?? create.failure
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('projects.new')}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.cancel')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('action.create')} disabled={create.pending} />
        </>
      }
    >
      <FormErrorSummary failure={failure} />
      <ProjectFields entry={entry} onChange={setEntry} failure={failure} />
      <details>
        <summary>{t('project.more')}</summary>
        <div className={formStack}>
          <ProjectMoreFields entry={entry} onChange={setEntry} failure={failure} />
        </div>
      </details>
    </Dialog>
  )
}
