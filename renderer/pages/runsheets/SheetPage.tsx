import { ArrowLeft, Download } from 'lucide-react'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { checkSheet, getSheet, publishSheet, reopenSheet, reviseSheet, sheetPdf, validateSheet } from '../../../shared/domain/runsheets/operations.ts'
import { useProject } from '../../app/context.tsx'
import { bytesFromBase64 } from '../../app/files.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { paths, useGo, useUrlState } from '../../app/routes.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import pageStyles from '../../components/Page.module.css'
import { StateBadge } from '../../components/StateBadge.tsx'
import { ErrorState, LoadingSkeleton, ReadOnlyStrip } from '../../components/States.tsx'
import { Tabs } from '../../components/Tabs.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { ChecksTab } from './ChecksTab.tsx'
import { DraftEditor } from './DraftEditor.tsx'
import { PublishDialog } from './PublishDialog.tsx'
import { dayOf, SheetRecord } from './sheet-rows.ts'
import { PrintSheet } from './PrintSheet.tsx'
import { download, VersionsTab } from './VersionsTab.tsx'
import styles from './Sheet.module.css'

const PdfPreview = lazy(async () => ({ default: (await import('../../components/PdfPreview.tsx')).PdfPreview }))

export function SheetPage({ id }: { id: string }) {
  const asked = useAnswer(getSheet, { id }, { keep: false })
  const sheet = useMemo(() => (asked.answer ? SheetRecord.safeParse(asked.answer.value) : null), [asked.answer])
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!sheet?.success) return <LoadingSkeleton />
  return <Sheet key={id} sheet={sheet.data} can={asked.answer?.can ?? new Set()} />
}

function Sheet({ sheet, can }: { sheet: SheetRecord; can: ReadonlySet<string> }) {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const url = useUrlState()
  const project = useProject()
  const { work } = sheet
  const shown = sheet.revisions.find((row) => row.id === url.get('v')) ?? work ?? sheet.revisions.find((row) => row.id === sheet.published_revision_id) ?? sheet.revisions[0]
  const checks = useAnswer(checkSheet, work ? { revision_id: work.id } : null)
  const revise = useCommand(reviseSheet)
  const publish = useCommand(publishSheet)
  const validate = useCommand(validateSheet)
  const reopen = useCommand(reopenSheet)
  const [asking, setAsking] = useState(false)
  const found = work ? (checks.answer?.value.checks ?? []) : []
  const blocking = found.filter((check) => check.severity === 'blocking').length
  const may = (name: string): boolean => work?.can.includes(name) ?? false
  const [lead] = sheet.missions
  const title = `${t('sheet.title')} · ${[lead?.day_code, lead?.title].filter(Boolean).join(' · ')}`
  const day = dayOf(sheet)
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  const askPublish = (): void => {
    if (!may('sheet.publish')) return
    publish.reset()
    if (blocking > 0) url.set({ tab: 'checks' })
    else setAsking(true)
  }
  useShortcuts({ 'mod+Enter': askPublish, c: () => shown && url.set({ tab: 'versions', compare: shown.id }) })
  const confirm = async (): Promise<void> => {
    if (!work) return
    const done = await publish.run({ revision_id: work.id })
    if (!done) return
    setAsking(false)
    url.set({ v: null, tab: 'versions' })
    announce(t('sheet.published', { version: done.value.number }))
  }
  const tab = url.get('tab') || (work?.state === 'draft' ? 'edit' : 'versions')
  const tabs = [
    ...(work?.state === 'draft' && day ? [{ key: 'edit', label: t('sheet.edit'), content: <DraftEditor work={work} sheet={sheet} day={day} /> }] : []),
    ...(work ? [{ key: 'checks', label: t('sheet.tab_checks', { count: found.length }), content: <ChecksTab checks={found} /> }] : []),
    { key: 'versions', label: t('sheet.versions'), content: <VersionsTab revisions={sheet.revisions} shown={shown?.id ?? ''} /> },
  ]
  return (
    <div className={styles['page']}>
      <div>
        <div className={pageStyles['header']}>
          <Button kind="quiet" small iconOnly icon={ArrowLeft} label={t('sheet.back')} onClick={() => go(paths.sheets(project.org, project.id))} />
          <h1>{title}</h1>
          <span className={pageStyles['scope']}>{format.day(sheet.sheet_date)}</span>
          {shown && <StateBadge family="revision" state={shown.state} />}
          {shown && <strong>v{shown.number}</strong>}
          <span className={pageStyles['gap']} />
          {shown && <PrintSheet revision={shown.id} />}
          {shown && <Button icon={Download} label={t('sheet.download_pdf')} onClick={() => void download(project.org, shown.id, 'pdf')} />}
          {shown && <Button label={t('sheet.download_csv')} onClick={() => void download(project.org, shown.id, 'csv')} />}
          {work?.state === 'validated' && may('sheet.reopen') && <Button label={t('sheet.back_to_draft')} onClick={() => void reopen.run({ revision_id: work.id })} />}
          {work && !may('sheet.publish') && may('sheet.validate') && <Button label={t('sheet.validate')} onClick={() => void validate.run({ revision_id: work.id })} />}
          {!work && can.has('sheet.revise') && <Button kind="primary" label={t('sheet.revise')} disabled={revise.pending} onClick={() => void revise.run({ id: sheet.id })} />}
          {work && may('sheet.publish') && <Button kind="primary" label={t('sheet.publish')} keys="Ctrl ⏎" onClick={askPublish} />}
        </div>
        {!work && shown?.state === 'published' && <ReadOnlyStrip text={t('sheet.locked_strip', { version: shown.number })} />}
        {sheet.unpublished_changes && <ReadOnlyStrip note text={t('sheet.unpublished')} />}
        <FormErrorSummary failure={revise.failure ?? validate.failure ?? reopen.failure} />
      </div>
      <div className={styles['columns']}>
        <div className={styles['left']}>
          <Tabs label={title} value={tabs.some((one) => one.key === tab) ? tab : (tabs[0]?.key ?? 'versions')} onChange={(key) => url.set({ tab: key })} tabs={tabs} />
        </div>
        <div className={styles['right']} data-paper>{shown && <Preview revision={shown.id} />}</div>
      </div>
      {asking && work && <PublishDialog version={work.number} warnings={found} pending={publish.pending} failure={publish.failure} onClose={() => setAsking(false)} onConfirm={() => void confirm()} />}
    </div>
  )
}

/** The very PDF, drawn again after each saved change. */
function Preview({ revision }: { revision: string }) {
  const asked = useAnswer(sheetPdf, { revision_id: revision })
  const base64 = asked.answer?.value.base64
  const bytes = useMemo(() => (base64 === undefined ? null : bytesFromBase64(base64)), [base64])
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  return (
    <Suspense fallback={<LoadingSkeleton />}>
      <PdfPreview bytes={bytes} />
    </Suspense>
  )
}
