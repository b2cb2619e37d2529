import { ArrowLeft, ClockAlert, CopyPlus, Download, PanelRightClose, PanelRightOpen, Trash2, ZoomIn, ZoomOut } from 'lucide-react'
import { Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { checkSheet, getSheet, publishSheet, reopenSheet, reviseSheet, sheetPdf, validateSheet } from '../../../shared/domain/runsheets/operations.ts'
import { useActions } from '../../app/actions.ts'
import { useProject } from '../../app/context.tsx'
import { bytesFromBase64 } from '../../app/files.ts'
import { chunk } from '../../app/page-chunks.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { paths, useGo, useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import pageStyles from '../../components/Page.module.css'
import { StateBadge } from '../../components/StateBadge.tsx'
import { ErrorState, LoadingSkeleton, ReadOnlyStrip } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { ChangeList } from './ChangeList.tsx'
import { ChecksTab } from './ChecksTab.tsx'
import { CheckPrintDialog } from './CheckPrintDialog.tsx'
import { CopyDialog } from './CopyDialog.tsx'
import { CoveredMissions } from './CoveredMissions.tsx'
import { DelayDialog } from './DelayDialog.tsx'
import { DraftEditor, useSections } from './DraftEditor.tsx'
import { goToSection } from './EditorSection.tsx'
import { OwnReading } from './OwnReading.tsx'
import { PublishDialog } from './PublishDialog.tsx'
import { RecipientsTab } from './RecipientsTab.tsx'
import { dayOf, SheetRecord, type RevisionRow } from './sheet-rows.ts'
import { PrintSheet } from './PrintSheet.tsx'
import { SheetRail, useRailEntries } from './SheetRail.tsx'
import { Discard, download, VersionsTab } from './VersionsTab.tsx'
import styles from './Sheet.module.css'

const PdfPreview = chunk(async () => (await import('../../components/PdfPreview.tsx')).PdfPreview)

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
  const [discarding, setDiscarding] = useState(false)
  const [copying, setCopying] = useState(false)
  const [late, setLate] = useState<RevisionRow | null>(null)
  const [checking, setChecking] = useState(false)
  const [said, setSaid] = useState('')
  const sections = useSections(sheet.layout, work?.rows ?? [])
  const found = work ? (checks.answer?.value.checks ?? []) : []
  const blocking = found.filter((check) => check.severity === 'blocking').length
  const may = (name: string): boolean => work?.can.includes(name) ?? false
  const [lead] = sheet.missions
  const title = `${t('sheet.title')} · ${[lead?.day_code, lead?.title].filter(Boolean).join(' · ')}`
  const day = dayOf(sheet)
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  const editing = work?.state === 'draft' && day !== null && may('sheet.update_draft')
  const asked = url.get('tab')
  const tab = asked === 'versions' || asked === 'people' || (asked === 'checks' && work) ? asked : editing ? 'edit' : 'versions'
  // A table of people takes the room of the preview.
  const folded = url.get('preview') === 'off' || tab === 'people'
  const compare = (): void => go(paths.compareSheet(project.org, project.id, sheet.id))
  // What stands in the way is known before anything is asked.
  const checked = checks.answer !== undefined
  const askPublish = (): void => {
    if (!checked) return
    publish.reset()
    if (blocking > 0) url.set({ tab: 'checks' })
    else setAsking(true)
  }
  const next = (): void => void revise.run({ id: sheet.id }).then((made) => made && url.set({ v: null, tab: 'edit' }))
  const confirm = async (): Promise<void> => {
    if (!work) return
    const done = await publish.run({ revision_id: work.id })
    if (!done) return
    setAsking(false)
    url.set({ v: null, tab: 'people' })
    announce(t('sheet.published', { version: done.value.number }))
  }
  const mayCopy = editing && can.has('sheet.copy_content')
  const current = sheet.revisions.find((row) => row.id === sheet.published_revision_id) ?? null
  const mayDelay = !work && !project.archived && (current?.can.includes('sheet.delay') ?? false)
  const nextNumber = Math.max(0, ...sheet.revisions.map((row) => row.number)) + 1
  const mayNext = !work && can.has('sheet.revise') && !project.archived
  useActions([
    ...(work && may('sheet.publish') ? [{ id: 'sheet.publish', label: t('sheet.publish'), keys: 'mod+Enter', group: 'page' as const, run: askPublish }] : []),
    ...(mayNext ? [{ id: 'sheet.revise', label: t('sheet.revise'), keys: 'u', group: 'page' as const, run: next }] : []),
    ...(mayCopy ? [{ id: 'sheet.copy', label: t('sheet.copy'), keys: 'r', group: 'page' as const, run: () => setCopying(true) }] : []),
    ...(may('sheet.discard_draft') ? [{ id: 'sheet.discard', label: t('sheet.discard'), group: 'page' as const, run: () => setDiscarding(true) }] : []),
    ...(mayDelay ? [{ id: 'sheet.delay', label: t('sheet.late.title'), keys: 'l', group: 'page' as const, run: () => setLate(current) }] : []),
    { id: 'sheet.people', label: t('sheet.give'), keys: 'd', group: 'page', run: () => url.set({ tab: 'people' }) },
    { id: 'sheet.check_print', label: t('sheet.check.title'), group: 'page', run: () => setChecking(true) },
    { id: 'sheet.compare', label: t('sheet.compare'), keys: 'c', group: 'page', run: compare },
    { id: 'sheet.fold', label: folded ? t('sheet.preview_show') : t('sheet.preview_hide'), keys: 'v', group: 'page', run: () => url.set({ preview: folded ? null : 'off' }) },
    { id: 'sheet.checks', label: t('sheet.checks'), group: 'page', run: () => url.set({ tab: 'checks' }) },
    { id: 'sheet.versions', label: t('sheet.versions'), group: 'page', run: () => url.set({ tab: 'versions' }) },
  ])
  const toSection = (name: string, row?: string): void => {
    url.set({ tab: 'edit' })
    setTimeout(() => goToSection(name, row))
  }
  const entries = useRailEntries(work, editing ? sections : [])
  return (
    <div className={styles['page']}>
      <div>
        <div className={pageStyles['header']}>
          <Button kind="quiet" small iconOnly icon={ArrowLeft} label={t('sheet.back')} onClick={() => go(paths.sheets(project.org, project.id))} />
          <h1 className={styles['title']}>{title}</h1>
          <span className={pageStyles['scope']}>{format.day(sheet.sheet_date)}</span>
          {shown && <StateBadge family="revision" state={shown.state} />}
          {shown && (
            <strong>
              v{shown.number}
              {shown.colour ? ` ${shown.colour}` : ''}
            </strong>
          )}
          <span className={pageStyles['gap']} />
          {shown && <PrintSheet revision={shown.id} />}
          {shown && <Button kind="quiet" icon={Download} label={t('sheet.download_pdf')} onClick={() => void download(project.org, shown.id, 'pdf')} />}
          {tab !== 'people' && <Button kind="quiet" iconOnly icon={folded ? PanelRightOpen : PanelRightClose} label={folded ? t('sheet.preview_show') : t('sheet.preview_hide')} onClick={() => url.set({ preview: folded ? null : 'off' })} />}
          {may('sheet.discard_draft') && <Button kind="quiet" iconOnly icon={Trash2} label={t('sheet.discard')} onClick={() => setDiscarding(true)} />}
          {work?.state === 'validated' && may('sheet.reopen') && <Button label={t('sheet.back_to_draft')} onClick={() => void reopen.run({ revision_id: work.id })} />}
          {work && may('sheet.validate') && <Button label={t('sheet.validate')} onClick={() => void validate.run({ revision_id: work.id })} />}
          {mayDelay && <Button icon={ClockAlert} label={t('sheet.late')} title={t('sheet.late.title')} keys="L" onClick={() => setLate(current)} />}
          {mayNext && <Button kind="primary" label={t('sheet.revise')} keys="U" disabled={revise.pending} onClick={next} />}
          {work && may('sheet.publish') && <Button kind="primary" label={t('sheet.publish')} keys="Ctrl ⏎" disabled={!checked} onClick={askPublish} />}
        </div>
        {!work && shown?.state === 'published' && <ReadOnlyStrip text={t('sheet.locked_strip', { version: shown.number })} />}
        {current && <OwnReading revision={current.id} />}
        {work?.state === 'validated' && <ReadOnlyStrip text={t('sheet.validated_strip', { version: work.number, name: work.validated_by_name ?? '' })} />}
        {!work && sheet.unpublished_changes && <Unpublished lines={sheet.unpublished} />}
        <FormErrorSummary failure={revise.failure ?? validate.failure ?? reopen.failure} />
      </div>
      <div className={styles['columns']} data-folded={folded}>
        <SheetRail entries={entries} tab={tab} onTab={(key) => url.set({ tab: key })} checks={work ? { count: found.length, blocking } : null} versions={sheet.revisions.length} />
        <div
          className={styles['left']}
          data-region="content"
          onFocus={(event) => {
            const label = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-said]')?.dataset['said'] : undefined
            if (label) setSaid(label)
          }}
        >
          {tab === 'edit' && editing && day && (
            <>
              {mayCopy && (
                <div className={styles['actions']}>
                  <Button small icon={CopyPlus} label={t('sheet.copy')} keys="R" onClick={() => setCopying(true)} />
                </div>
              )}
              <CoveredMissions sheet={sheet} can={can} />
              <DraftEditor work={work} sheet={sheet} day={day} sections={sections} />
            </>
          )}
          {tab === 'checks' && work && <ChecksTab checks={found} mission={sheet.lead_mission_id} onSection={toSection} />}
          {tab === 'people' && shown && <RecipientsTab key={shown.id} sheet={sheet} shown={shown} title={title} />}
          {tab === 'versions' && <VersionsTab sheet={sheet} shown={shown?.id ?? ''} mayRevise={can.has('sheet.revise') && !project.archived} />}
        </div>
        {!folded && <div className={styles['right']} data-paper>{shown && <Preview revision={shown.id} said={said} />}</div>}
      </div>
      {asking && work && <PublishDialog work={work} sheet={sheet} warnings={found} pending={publish.pending} failure={publish.failure} onClose={() => setAsking(false)} onConfirm={() => void confirm()} />}
      {late && (
        <DelayDialog
          published={late}
          next={nextNumber - (work ? 1 : 0)}
          onPrepared={() => url.set({ v: null })}
          onPublished={() => {
            setLate(null)
            url.set({ v: null, tab: 'people', who: 'concerned' })
          }}
          onChecks={() => {
            setLate(null)
            url.set({ v: null, tab: 'checks' })
          }}
          onClose={() => setLate(null)}
        />
      )}
      {checking && <CheckPrintDialog onClose={() => setChecking(false)} />}
      {copying && work && <CopyDialog sheet={sheet} work={work} onClose={() => setCopying(false)} />}
      {discarding && work && (
        <Discard
          work={work}
          only={sheet.revisions.length === 1}
          onClose={(done) => {
            setDiscarding(false)
            if (done && sheet.revisions.length === 1) go(paths.sheets(project.org, project.id))
          }}
        />
      )}
    </div>
  )
}

/** What changed in the missions since the version was published; the next draft starts with it (C11). */
function Unpublished({ lines }: { lines: SheetRecord['unpublished'] }) {
  const t = useT()
  return (
    <ReadOnlyStrip note text={t('sheet.unpublished')}>
      <details className={styles['unpublished']}>
        <summary>{t('sheet.unpublished_count', { count: lines.length })}</summary>
        <ChangeList lines={lines} />
      </details>
    </ReadOnlyStrip>
  )
}

const ZOOMS = [75, 100, 125, 150, 200]

/** The very PDF, drawn again after each saved change, at the words being edited. */
function Preview({ revision, said }: { revision: string; said: string }) {
  const t = useT()
  const url = useUrlState()
  const asked = useAnswer(sheetPdf, { revision_id: revision })
  const base64 = asked.answer?.value.base64
  const bytes = useMemo(() => (base64 === undefined ? null : bytesFromBase64(base64)), [base64])
  const zoom = ZOOMS.find((one) => String(one) === url.get('zoom')) ?? 100
  const step = (by: number): void => url.set({ zoom: String(ZOOMS[Math.min(Math.max(ZOOMS.indexOf(zoom) + by, 0), ZOOMS.length - 1)]) })
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (said === '') return
    const words = said.replace(/\s+/g, ' ')
    const pages = [...(box.current?.querySelectorAll<HTMLElement>('canvas + div') ?? [])]
    const page = pages.find((one) => one.textContent.replace(/\s+/g, ' ').includes(words))
    const scroller = page?.closest<HTMLElement>('[role="region"]')
    const sheet = page?.parentElement
    if (scroller && sheet) scroller.scrollTop = Math.max(0, sheet.offsetTop - scroller.offsetTop - 12)
  }, [said])
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  return (
    <div className={styles['previewBox']} ref={box}>
      <div className={styles['zoom']}>
        <Button kind="quiet" small iconOnly icon={ZoomOut} label={t('sheet.zoom_out')} disabled={zoom === ZOOMS[0]} onClick={() => step(-1)} />
        <span aria-live="polite">{zoom} %</span>
        <Button kind="quiet" small iconOnly icon={ZoomIn} label={t('sheet.zoom_in')} disabled={zoom === ZOOMS.at(-1)} onClick={() => step(1)} />
      </div>
      <div className={styles['zoomed']} data-zoom={zoom}>
        <Suspense fallback={<LoadingSkeleton />}>
          <PdfPreview bytes={bytes} />
        </Suspense>
      </div>
    </div>
  )
}
