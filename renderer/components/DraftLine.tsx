import { useT } from '../i18n/index.ts'
import { Button } from './Button.tsx'
import { ReadOnlyStrip } from './States.tsx'

/** Says that the form shows what was typed earlier and never saved, and lets go of it. */
export function DraftLine({ draft }: { draft: { resumed: boolean; clear: () => void } }) {
  const t = useT()
  if (!draft.resumed) return null
  return (
    <ReadOnlyStrip note text={t('draft.resumed')}>
      <Button small kind="quiet" label={t('draft.drop')} onClick={() => draft.clear()} />
    </ReadOnlyStrip>
  )
}
