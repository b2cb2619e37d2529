import { Archive, ArchiveRestore } from 'lucide-react'
import { useState } from 'react'
import { archiveProject, getProject, unarchiveProject, updateProject } from '../../../shared/domain/planning/operations.ts'
import { localDateOf } from '../../../shared/kernel/instants.ts'
import type { CallFailure } from '../../app/client.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { ProjectRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { differing } from '../../components/draft.ts'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { Page } from '../../components/Page.tsx'
import { Facts } from '../../components/SidePanel.tsx'
import { ErrorState, LoadingSkeleton, ReadOnlyStrip } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { missingDays } from '../missing.ts'
import { lastInstant, windowOfDays } from '../planning/project-input.ts'
import { codeOf, ProjectFields, ProjectMoreFields, type ProjectEntry } from '../planning/ProjectForm.tsx'
import { CostCentres } from './CostCentres.tsx'
import styles from './Project.module.css'

/** Settings of one project: identity, dates, documents, cost centres, archive. */
export function ProjectSettingsPage() {
  const t = useT()
  const project = useProject()
  const asked = useAnswer(getProject, { id: project.id })
  const row = asked.answer ? ProjectRow.safeParse(asked.answer.value) : null
  return (
    <Page title={t('project.settings')} scope={project.name}>
      {project.archived ? <ReadOnlyStrip text={t('project.archived_strip')} /> : <span />}
      <span />
      {asked.failure ? (
        <ErrorState failure={asked.failure} onRetry={asked.retry} />
      ) : !row?.success || !asked.answer ? (
        <LoadingSkeleton />
      ) : (
        <div className={styles['scroll']} tabIndex={0} role="group" aria-label={t('project.settings')}>
          <Settings key={row.data.id} row={row.data} can={asked.answer.can} />
        </div>
      )}
    </Page>
  )
}

const entryOf = (row: ProjectRow): ProjectEntry => ({
  name: row.name, code: row.code, first: localDateOf(row.start_at, row.zone), last: localDateOf(lastInstant(row.end_at), row.zone), zone: row.zone, currency: row.currency,
  client_name: row.client_name, sheet_layout: row.sheet_layout, document_language: row.document_language, school_zone: row.school_zone, agreement: row.agreement, emergency: row.emergency, tags: row.tags,
})

function Settings({ row, can }: { row: ProjectRow; can: ReadonlySet<string> }) {
  const t = useT()
  const update = useCommand(updateProject)
  const [typed, setTyped] = useState<ProjectEntry | null>(null)
  const [missing, setMissing] = useState<CallFailure | null>(null)
  const saved = entryOf(row)
  const entry = typed ?? saved
  const changed = typed !== null && Object.keys(differing(saved, typed)).length > 0
  const failure = missing ?? update.failure
  const save = async (): Promise<void> => {
    if (!entry.first || !entry.last) return setMissing(missingDays(entry.first, entry.last))
    setMissing(null)
    const window = windowOfDays(entry.first, entry.last, entry.zone)
    const next = {
      name: entry.name.trim(), code: codeOf(entry), zone: entry.zone, currency: entry.currency, ...window, client_name: entry.client_name, sheet_layout: entry.sheet_layout,
      document_language: entry.document_language, school_zone: entry.school_zone, agreement: entry.agreement, emergency: entry.emergency, tags: [...entry.tags],
    }
    const changes = differing(row, next)
    const moved = 'zone' in changes || 'start_at' in changes || 'end_at' in changes
    if (await update.run({ id: row.id, version: row.version, changes: { ...changes, ...(moved ? { zone: next.zone, ...window } : {}) } })) {
      setTyped(null)
      announce(t('project.saved'))
    }
  }
  return (
    <div className={styles['columns']}>
      <section className={styles['card']}>
        <h2>{t('project.identity')}</h2>
        {can.has('project.update') ? (
          <form
            className={formStack}
            onSubmit={(event) => {
              event.preventDefault()
              void save()
            }}
          >
            <FormErrorSummary failure={failure} />
            <ProjectFields entry={entry} onChange={setTyped} failure={failure} autoFocus={false} />
            <ProjectMoreFields entry={entry} onChange={setTyped} failure={failure} />
            <div className={styles['actions']}>
              <Button type="submit" kind="primary" label={t('action.save')} disabled={!changed || update.pending} />
              {changed && <Button label={t('action.cancel')} onClick={() => setTyped(null)} />}
            </div>
          </form>
        ) : (
          <ReadOnly row={row} />
        )}
      </section>
      <div className={styles['side']}>
        <CostCentres project={row.id} mayWrite={can.has('project.update')} />
        <ArchiveCard row={row} can={can} />
      </div>
    </div>
  )
}

function ReadOnly({ row }: { row: ProjectRow }) {
  const t = useT()
  const format = useFormat()
  return (
    <Facts
      facts={[
        [t('project.name'), row.name],
        [t('project.code'), row.code],
        [t('project.start'), format.day(localDateOf(row.start_at, row.zone))],
        [t('project.end'), format.day(localDateOf(lastInstant(row.end_at), row.zone))],
        [t('project.zone'), row.zone],
        [t('project.client'), row.client_name],
        [t('project.currency'), row.currency],
        [t('project.layout'), wordOf(t, 'project.layout', row.sheet_layout)],
        [t('project.language'), t(`project.language.${row.document_language}`)],
        [t('project.school_zone'), row.school_zone && wordOf(t, 'project.school_zone', row.school_zone)],
        [t('project.agreement'), row.agreement],
        [t('project.emergency_numbers'), row.emergency?.numbers],
        [t('project.emergency_on_site'), row.emergency?.on_site],
        [t('project.tags'), row.tags.join(', ')],
      ]}
    />
  )
}

function ArchiveCard({ row, can }: { row: ProjectRow; can: ReadonlySet<string> }) {
  const t = useT()
  const archive = useCommand(archiveProject)
  const unarchive = useCommand(unarchiveProject)
  const [asking, setAsking] = useState(false)
  return (
    <section className={styles['card']}>
      <h2>{t('project.state')}</h2>
      <p>{wordOf(t, 'project.status', row.status)}</p>
      <FormErrorSummary failure={unarchive.failure} />
      <div className={styles['actions']}>
        {can.has('project.archive') && <Button icon={Archive} label={t('project.archive')} onClick={() => setAsking(true)} />}
        {can.has('project.unarchive') && <Button icon={ArchiveRestore} label={t('project.unarchive')} onClick={() => void unarchive.run({ id: row.id })} />}
      </div>
      {asking && (
        <ConfirmDialog
          title={t('project.archive')}
          about={t('project.archive_about')}
          action={t('project.archive')}
          pending={archive.pending}
          failure={archive.failure}
          onClose={() => setAsking(false)}
          onConfirm={() => void archive.run({ id: row.id }).then((done) => done && setAsking(false))}
        />
      )}
    </section>
  )
}
