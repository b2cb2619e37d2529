import { Dialog as Base } from '@base-ui/react/dialog'
import { CalendarArrowDown, Download, Printer } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { listDocuments } from '../../../shared/domain/documents/operations.ts'
import type { DocumentFormat, Paper } from '../../../shared/domain/documents/operations.ts'
import { CallFailure, UNEXPECTED } from '../../app/client.ts'
import { setMark } from '../../app/host-operations.ts'
import { keepOpen } from '../../app/presence.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { OverlayKeys, useShortcuts } from '../../app/shortcuts.ts'
import { useT } from '../../i18n/index.ts'
import { Button } from '../Button.tsx'
import { FormErrorSummary } from '../FormErrorSummary.tsx'
import { PdfPreview } from '../PdfPreview.tsx'
import { EmptyState, ErrorState, ForbiddenState, LoadingSkeleton } from '../States.tsx'
import { idsFor, inputOf, isTimed, narrowed, noChoice, timelineOf } from './print-choices.ts'
import type { Choices, Offered } from './print-choices.ts'
import { calendarOf, saveCalendar } from './calendar-file.ts'
import { printFile } from './print-file.ts'
import { PrintOptions } from './PrintOptions.tsx'
import { markedFor } from './print-request.ts'
import type { PrintRequest } from './print-request.ts'
import { TimelineOptions } from './TimelineOptions.tsx'
import { useMade } from './use-made.ts'
import { usePaperMemory } from './use-paper-memory.ts'
import styles from './PrintPreview.module.css'

/** Key of the mark that says this person has printed something here. */
const PRINTED = 'checklist.print'

/** The document before it is printed: which one, on what paper, with which rows and columns; then printer, PDF, CSV or XLSX. */
export function PrintPreview({ request, onClose }: { request: PrintRequest; onClose: () => void }) {
  const t = useT()
  const org = useOrg() ?? ''
  const popup = useRef<HTMLDivElement>(null)
  // A preview on the screen is somebody reading: the window does not lock under it.
  useEffect(() => keepOpen(), [])
  const [chosen, setChosen] = useState<Choices>({ ...noChoice, document: request.document, marked: true })
  // What was shown when the preview opened: the page behind may scroll on.
  const [days] = useState(() => request.timeline?.() ?? null)
  const catalogue = useAnswer(listDocuments, { ...(request.project_id ? { project_id: request.project_id } : {}), ...(chosen.language ? { language: chosen.language } : {}) }, { keep: true })
  const all = catalogue.answer?.value.items ?? NONE
  const items = useMemo(() => all.filter((one) => one.needs !== 'ids' || idsFor(request, one.document, true).length > 0 || one.document === 'personal_schedule'), [all, request])
  const entry = items.find((one) => one.document === chosen.document) ?? items[0]
  const markable = entry ? markedFor(request, entry.document).length : 0
  const memory = usePaperMemory(org)
  const remembered = entry ? memory.of(entry.document) : null
  const paper = chosen.paper ?? remembered?.paper ?? entry?.paper ?? null
  const large = chosen.large ?? remembered?.large ?? false
  const made = useMade(org, entry && paper && memory.ready ? inputOf(request, { ...chosen, large }, entry, paper, timelineOf(days, chosen)) : null)
  const calendar = entry ? calendarOf(request, entry.document, catalogue.answer?.value.language) : null
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const [leaving, setLeaving] = useState(false)
  const mark = useCommand(setMark, { org: null })
  const ready = made.bytes !== null && !made.loading && !leaving && made.failure === null
  const leave = (work: () => Promise<void>): void => {
    if (!ready) return
    setFailure(null)
    setLeaving(true)
    work()
      // The first steps of a new organization tick themselves.
      .then(() => void mark.run({ org, key: PRINTED, value: true }))
      .catch((error: unknown) => setFailure(error instanceof CallFailure ? error : new CallFailure(UNEXPECTED, String(error))))
      .finally(() => setLeaving(false))
  }
  const print = (): void => leave(async () => printFile(await made.paper()))
  const save = (format: DocumentFormat) => (): void => leave(() => made.save(format))
  const change = (part: Partial<Choices>): void => setChosen((before) => ({ ...before, ...part }))
  const setPaper = (now: Paper, big: boolean): void => {
    if (entry) memory.keep(entry.document, { paper: now, large: big })
    change({ paper: now, large: big })
  }
  return (
    <Base.Root open onOpenChange={(now) => !now && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles['backdrop']} />
        <Base.Popup ref={popup} initialFocus={popup} className={styles['popup']} onKeyDown={onEnter(print)}>
          <OverlayKeys>
            <PrintKey run={print} />
          </OverlayKeys>
          <Base.Title className={styles['title']}>{t('print.title')}</Base.Title>
          <div className={styles['paper']} aria-busy={made.loading}>
            <Shown made={made} catalogue={catalogue} nothing={catalogue.answer !== undefined && entry === undefined} />
          </div>
          <div className={styles['options']}>
            <FormErrorSummary failure={failure} />
            {entry && paper && (
              <PrintOptions
                items={items}
                entry={entry}
                paper={paper}
                large={large}
                columns={chosen.columns}
                language={catalogue.answer?.value.language ?? 'fr'}
                markable={entry.needs === 'ids' ? 0 : markable}
                marked={chosen.marked}
                count={countOf()}
                onChange={change}
                onPaper={setPaper}
              />
            )}
            {entry && days && isTimed(entry.document) && <TimelineOptions days={days} chosen={chosen} drawn={entry.document === 'planning_timeline'} onChange={change} />}
          </div>
          <div className={styles['actions']}>
            <Button label={t('action.close')} onClick={onClose} />
            <span className={styles['gap']} />
            {calendar && <Button icon={CalendarArrowDown} label="ICS" title={t('print.save_ics')} disabled={!ready} onClick={() => leave(() => saveCalendar(org, calendar))} />}
            {entry?.formats.includes('csv') && <Button icon={Download} label="CSV" title={t('print.save_csv')} disabled={!ready} onClick={save('csv')} />}
            {entry?.formats.includes('xlsx') && <Button icon={Download} label="XLSX" title={t('print.save_xlsx')} disabled={!ready} onClick={save('xlsx')} />}
            <Button icon={Download} label="PDF" title={t('print.save_pdf')} disabled={!ready} onClick={save('pdf')} />
            <Button kind="primary" icon={Printer} label={t('print.print')} disabled={!ready} onClick={print} />
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )

  function countOf(): string {
    if (leaving) return t('print.leaving')
    if (made.failure) return t('print.not_made')
    if (!made.bytes || made.loading) return t('print.making')
    return t(narrowed(request, { marked: chosen.marked && markable > 0, document: entry?.document ?? chosen.document }) ? 'print.count_filtered' : 'print.count', { rows: made.rows, pages: made.pages ?? 0 })
  }
}

const NONE: readonly Offered[] = []

/** Enter prints, unless it belongs to what has the focus. */
const onEnter = (print: () => void) => (event: KeyboardEvent<HTMLElement>): void => {
  if (event.key !== 'Enter' || event.defaultPrevented || event.nativeEvent.isComposing || !(event.target instanceof HTMLElement)) return
  if (event.target.closest('button, a, input, select, textarea, [role=combobox], [role=listbox], [role=checkbox]')) return
  event.preventDefault()
  print()
}

function PrintKey({ run }: { run: () => void }) {
  useShortcuts({ 'mod+p': run })
  return null
}

interface ShownProps {
  made: ReturnType<typeof useMade>
  catalogue: { failure: CallFailure | null; retry: () => void }
  /** There is no document that this person may make here. */
  nothing: boolean
}
function Shown({ made, catalogue, nothing }: ShownProps) {
  const t = useT()
  const failure = made.failure ?? catalogue.failure
  if (failure?.code === 'auth.forbidden') return <ForbiddenState role={t('print.role')} failure={failure} />
  if (failure) return <ErrorState failure={failure} onRetry={made.failure ? made.retry : catalogue.retry} />
  if (nothing) return <EmptyState text={t('print.nothing')} />
  return made.bytes ? <PdfPreview bytes={made.bytes} /> : <LoadingSkeleton />
}
