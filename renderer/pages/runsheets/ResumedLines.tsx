import { Button } from '../../components/Button.tsx'
import type { LineDrafts } from '../../components/line-drafts.ts'
import { ReadOnlyStrip } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'

/** Says that lines typed earlier and never saved are there again: leads to the first, or lets go of them. */
export function ResumedLines({ drafts }: { drafts: LineDrafts }) {
  const t = useT()
  const count = drafts.resumed.size
  if (count === 0) return null
  const goToFirst = (): void => {
    const first = document.querySelector<HTMLElement>('[data-resumed]')
    first?.scrollIntoView({ block: 'center' })
    first?.querySelector<HTMLElement>('input, select, textarea')?.focus({ preventScroll: true })
  }
  return (
    <ReadOnlyStrip note text={t('sheet.resumed_lines', { count })}>
      <Button small label={t('sheet.resumed_go')} onClick={goToFirst} />
      <Button small kind="quiet" label={t('draft.drop')} onClick={drafts.drop} />
    </ReadOnlyStrip>
  )
}
