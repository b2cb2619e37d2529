import { Dialog as Base } from '@base-ui/react/dialog'
import { Download, Printer } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { listDocuments } from '../../../shared/domain/documents/operations.ts'
import type { DocumentFormat, DocumentName, MakeDocument, Paper } from '../../../shared/domain/documents/operations.ts'
import type { Plain } from '../../app/client.ts'
import { CallFailure, UNEXPECTED } from '../../app/client.ts'
import { setMark } from '../../app/host-operations.ts'
import { keepOpen } from '../../app/presence.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { useT } from '../../i18n/index.ts'
import { Button } from '../Button.tsx'
import { CheckField, Select } from '../Field.tsx'
import { FormErrorSummary } from '../FormErrorSummary.tsx'
import { PdfPreview } from '../PdfPreview.tsx'
import { ErrorState, LoadingSkeleton } from '../States.tsx'
import { printFile } from './print-file.ts'
import { sameRows } from './print-request.ts'
import type { PrintRequest } from './print-request.ts'
import { useMade } from './use-made.ts'
import styles from './PrintPreview.module.css'

const papers = ['A4', 'A4 landscape', 'A3', 'A3 landscape'] as const
const paperText = ({ size, landscape }: Paper): string => (landscape ? `${size} landscape` : size)
const paperOf = (text: string): Paper => ({ size: text.startsWith('A3') ? 'A3' : 'A4', landscape: text.endsWith('landscape') })

/** Paper chosen for a document, asked once. */
const remembered = new Map<DocumentName, Paper>()

interface Choices {
  document: DocumentName
  language: 'fr' | 'en' | null
  paper: Paper | null
  columns: readonly string[] | null
  large: boolean
  marked: boolean
}

/** Key of the mark that says this person has printed something here. */
const PRINTED = 'checklist.print'

/** The real document before it is printed: which one, on what paper, with which rows and columns; then printer, PDF, CSV or XLSX. */
export function PrintPreview({ request, onClose }: { request: PrintRequest; onClose: () => void }) {
  const t = useT()
  const org = useOrg() ?? ''
  // A preview on the screen is somebody reading: the window does not lock under it.
  useEffect(() => keepOpen(), [])
  const [chosen, setChosen] = useState<Choices>({ document: request.document, language: null, paper: null, columns: null, large: false, marked: (request.ids?.length ?? 0) > 0 })
  const catalogue = useAnswer(listDocuments, { ...(request.project_id ? { project_id: request.project_id } : {}), ...(chosen.language ? { language: chosen.language } : {}) })
  const all = catalogue.answer?.value.items ?? NONE
  const items = useMemo(() => all.filter((one) => one.needs !== 'ids' || idsFor(request, one.document, true).length > 0 || one.document === 'personal_schedule'), [all, request])
  const entry = items.find((one) => one.document === chosen.document) ?? items[0]
  const paper = chosen.paper ?? (entry ? (remembered.get(entry.document) ?? entry.paper) : null)
  const input = useMemo<Plain<MakeDocument> | null>(() => (entry && paper ? inputOf(request, chosen, entry, paper) : null), [request, chosen, entry, paper])
  const made = useMade(org, input)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const change = (part: Partial<Choices>): void => setChosen((before) => ({ ...before, ...part }))
  const attempt = (work: () => Promise<void>) => (): void => {
    setFailure(null)
    work().catch((error: unknown) => setFailure(error instanceof CallFailure ? error : new CallFailure(UNEXPECTED, String(error))))
  }
  const mark = useCommand(setMark, { org: null })
  // The first steps of a new organization tick themselves.
  const printed = (): void => void mark.run({ org, key: PRINTED, value: true })
  const save = (format: DocumentFormat) => attempt(() => made.save(format).then(printed))
  const marked = request.ids?.length ?? 0
  const shown = entry?.columns.filter((column) => (chosen.columns ? chosen.columns.includes(column.key) : column.shown)) ?? NONE
  return (
    <Base.Root open onOpenChange={(now) => !now && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles['backdrop']} />
        <Base.Popup className={styles['popup']}>
          <Base.Title className={styles['title']}>{t('print.title')}</Base.Title>
          <div className={styles['paper']} aria-busy={made.loading}>
            {made.failure ? <ErrorState failure={made.failure} onRetry={made.retry} /> : catalogue.failure ? <ErrorState failure={catalogue.failure} onRetry={catalogue.retry} /> : made.bytes ? <PdfPreview bytes={made.bytes} /> : <LoadingSkeleton />}
          </div>
          <div className={styles['options']}>
            <FormErrorSummary failure={failure} />
            {entry && paper && (
              <>
                <Select
                  label={t('print.document')}
                  value={entry.document}
                  choices={items.map((one) => ({ value: one.document, label: one.title }))}
                  onChange={(value) => {
                    const next = items.find((one) => one.document === value)
                    if (next) change({ document: next.document, paper: null, columns: null, large: false })
                  }}
                />
                {marked > 0 && sameRows(request.document, entry.document) && (
                  <Select
                    label={t('print.rows')}
                    value={chosen.marked ? 'marked' : 'all'}
                    choices={[{ value: 'marked', label: t('print.rows_marked', { count: marked }) }, { value: 'all', label: t('print.rows_all') }]}
                    onChange={(value) => change({ marked: value === 'marked' })}
                  />
                )}
                <p className={styles['count']} role="status">
                  {made.bytes ? t(narrowed(request, chosen) ? 'print.count_filtered' : 'print.count', { rows: made.rows, pages: made.pages ?? 0 }) : t('print.making')}
                </p>
                <Select
                  label={t('print.paper')}
                  value={paperText(paper)}
                  choices={papers.map((one) => ({ value: one, label: t(one.endsWith('landscape') ? 'print.landscape' : 'print.portrait', { size: one.slice(0, 2) }) }))}
                  onChange={(value) => {
                    remembered.set(entry.document, paperOf(value))
                    change({ paper: paperOf(value) })
                  }}
                />
                <Select
                  label={t('print.language')}
                  value={catalogue.answer?.value.language ?? 'fr'}
                  choices={[{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }]}
                  onChange={(value) => change({ language: value === 'en' ? 'en' : 'fr' })}
                />
                {entry.large && <CheckField label={t('print.large')} checked={chosen.large} onChange={(large) => change({ large })} />}
                {entry.columns.length > 0 && (
                  <fieldset className={styles['columns']}>
                    <legend>{t('print.columns')}</legend>
                    {entry.columns.map((column) => {
                      const on = shown.some((one) => one.key === column.key)
                      return (
                        <CheckField
                          key={column.key}
                          label={column.label}
                          checked={on}
                          onChange={(now) => {
                            const keys = entry.columns.filter((one) => (one.key === column.key ? now : shown.some((kept) => kept.key === one.key))).map((one) => one.key)
                            if (keys.length > 0) change({ columns: keys })
                          }}
                        />
                      )
                    })}
                  </fieldset>
                )}
              </>
            )}
          </div>
          <div className={styles['actions']}>
            <Button label={t('action.close')} onClick={onClose} />
            <span className={styles['gap']} />
            <Button icon={Download} label="CSV" title={t('print.save_csv')} disabled={!made.bytes} onClick={save('csv')} />
            <Button icon={Download} label="XLSX" title={t('print.save_xlsx')} disabled={!made.bytes} onClick={save('xlsx')} />
            <Button icon={Download} label="PDF" title={t('print.save_pdf')} disabled={!made.bytes} onClick={save('pdf')} />
            <Button kind="primary" icon={Printer} label={t('print.print')} disabled={!made.bytes || made.loading} onClick={attempt(() => (made.bytes ? printFile(made.bytes).then(printed) : Promise.resolve()))} />
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

const NONE: readonly never[] = []

/** Rows named for a document: those marked, else for a document of one record the open one. */
function idsFor(request: PrintRequest, document: DocumentName, marked: boolean): string[] {
  if (!sameRows(request.document, document)) return []
  const ids = marked ? [...(request.ids ?? [])] : []
  return ids.length > 0 || request.record === undefined ? ids : [request.record]
}

const narrowed = (request: PrintRequest, { marked, document }: Choices): boolean =>
  sameRows(request.document, document) && !marked && (Object.keys(request.list?.filter ?? {}).length > 0 || Boolean(request.list?.search))

function inputOf(request: PrintRequest, chosen: Choices, entry: { document: DocumentName; needs: string; large: boolean }, paper: Paper): Plain<MakeDocument> {
  const { document, needs } = entry
  const own = sameRows(request.document, document)
  const ids = needs === 'ids' ? idsFor(request, document, true) : own && chosen.marked ? [...(request.ids ?? [])] : []
  const sort = document === request.document ? request.list?.sort : undefined
  const { filter, search } = request.list ?? {}
  const list = own && ids.length === 0 && request.list ? { ...(filter ? { filter } : {}), ...(search ? { search } : {}), ...(sort ? { sort } : {}) } : null
  return {
    document, format: 'pdf', paper,
    ...(request.project_id ? { project_id: request.project_id } : {}),
    ...(ids.length > 0 ? { ids } : {}),
    ...(list && Object.keys(list).length > 0 ? { list } : {}),
    ...(chosen.language ? { language: chosen.language } : {}),
    ...(chosen.columns ? { columns: [...chosen.columns] } : {}),
    ...(chosen.large && entry.large ? { large: true } : {}),
  }
}
