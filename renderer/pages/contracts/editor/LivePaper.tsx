import { ZoomIn, ZoomOut } from 'lucide-react'
import { Suspense, useEffect, useMemo, useState } from 'react'
import { contractPdf, previewContract } from '../../../../shared/domain/contracts/queries.ts'
import type { CallFailure } from '../../../app/client.ts'
import { bytesFromBase64 } from '../../../app/files.ts'
import { chunk } from '../../../app/page-chunks.ts'
import { useAnswer } from '../../../app/queries.ts'
import { useUrlState } from '../../../app/routes.ts'
import { Button } from '../../../components/Button.tsx'
import { ErrorState, LoadingSkeleton, ReadOnlyStrip } from '../../../components/States.tsx'
import { useT } from '../../../i18n/index.ts'
import type { Missing, Typed } from './contract-rows.ts'
import styles from './ContractEditor.module.css'

const PdfPreview = chunk(async () => (await import('../../../components/PdfPreview.tsx')).PdfPreview)

/** Drawn again once nobody has typed for this long. */
const PAUSE_MS = 350

/** The text, once it has been the same for a while. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    if (settled === text) return undefined
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, settled])
  return settled
}

export interface Paper {
  base64: string | undefined
  /** What the paper as it is shown still lacks; null: not asked of it. */
  missing: readonly Missing[] | null
  /** Something typed does not fit: the paper shows what is saved. */
  behind: boolean
  failure: CallFailure | null
  retry: () => void
}

/** The paper of a version that is written: a preview with what is typed and not saved yet. `input` null: it is not shown. */
export function useWrittenPaper(input: { project_id: string; version_id: string } | null, changes: Partial<Typed>): Paper {
  const text = useSettled(JSON.stringify(changes))
  const settled = useMemo((): Record<string, unknown> => JSON.parse(text), [text])
  const asked = useAnswer(previewContract, input && { ...input, changes: settled })
  const behind = asked.failure !== null && Object.keys(settled).length > 0
  const saved = useAnswer(previewContract, input && behind ? input : null)
  const shown = behind ? saved : asked
  const value = shown.answer?.value
  return { base64: value?.base64, missing: value?.missing ?? null, behind, failure: shown.failure, retry: shown.retry }
}

/** The paper of a version that was handed on, as it was handed on. */
export function useKeptPaper(version_id: string | null): Paper {
  const asked = useAnswer(contractPdf, version_id === null ? null : { id: version_id })
  const value = asked.answer?.value
  return { base64: value?.base64, missing: null, behind: false, failure: asked.failure, retry: asked.retry }
}

const ZOOMS = [75, 100, 125, 150, 200]

/** The very PDF that the core prints, page under page. */
export function PaperView({ paper }: { paper: Paper }) {
  const t = useT()
  const url = useUrlState()
  const { base64 } = paper
  const bytes = useMemo(() => (base64 === undefined ? null : bytesFromBase64(base64)), [base64])
  const zoom = ZOOMS.find((one) => String(one) === url.get('zoom')) ?? 100
  const step = (by: number): void => url.set({ zoom: String(ZOOMS[Math.min(Math.max(ZOOMS.indexOf(zoom) + by, 0), ZOOMS.length - 1)]) })
  if (paper.failure) return <ErrorState failure={paper.failure} onRetry={paper.retry} />
  return (
    <div className={styles['previewBox']}>
      <div className={styles['zoom']}>
        <Button kind="quiet" small iconOnly icon={ZoomOut} label={t('sheet.zoom_out')} disabled={zoom === ZOOMS[0]} onClick={() => step(-1)} />
        <span aria-live="polite">{zoom} %</span>
        <Button kind="quiet" small iconOnly icon={ZoomIn} label={t('sheet.zoom_in')} disabled={zoom === ZOOMS.at(-1)} onClick={() => step(1)} />
      </div>
      <div className={styles['zoomed']} data-zoom={zoom}>
        {paper.behind && <ReadOnlyStrip note text={t('contract_editor.paper_behind')} />}
        <Suspense fallback={<LoadingSkeleton />}>
          <PdfPreview bytes={bytes} />
        </Suspense>
      </div>
    </div>
  )
}
