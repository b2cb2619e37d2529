import { Printer } from 'lucide-react'
import { Suspense, useState } from 'react'
import { useActions } from '../../app/actions.ts'
import { chunk } from '../../app/page-chunks.ts'
import { useT } from '../../i18n/index.ts'
import { Button } from '../Button.tsx'
import type { PrintRequest } from './print-request.ts'

const PrintPreview = chunk(async () => (await import('./PrintPreview.tsx')).PrintPreview)

/** Prints what the page shows: Ctrl+P on the keyboard, in the palette, and a button where the page wants one. */
export function PrintButton({ request, hidden = false, labelled = false }: { request: PrintRequest; /** The key only. */ hidden?: boolean; labelled?: boolean }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  useActions([{ id: 'print', label: t('print.action'), keys: 'mod+p', group: 'page', run: () => setOpen(true) }])
  return (
    <>
      {!hidden && <Button kind={labelled ? 'secondary' : 'quiet'} icon={Printer} iconOnly={!labelled} label={t('print.action')} title={t('print.action_keys')} onClick={() => setOpen(true)} />}
      {open && (
        <Suspense fallback={null}>
          <PrintPreview request={request} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
