import { Printer } from 'lucide-react'
import { useState } from 'react'
import { sheetPdf } from '../../../shared/domain/runsheets/operations.ts'
import { useActions } from '../../app/actions.ts'
import { call } from '../../app/client.ts'
import { bytesFromBase64 } from '../../app/files.ts'
import { keepOpen } from '../../app/presence.ts'
import { useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { printFile } from '../../components/print/print-file.ts'
import { useT } from '../../i18n/index.ts'

/** Prints the version shown: its preview is on the page already, so the printer's dialog opens at once. */
export function PrintSheet({ revision }: { revision: string }) {
  const t = useT()
  const org = useOrg() ?? ''
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const print = async (): Promise<void> => {
    setBusy(true)
    setFailed(false)
    const release = keepOpen()
    try {
      await printFile(bytesFromBase64((await call(sheetPdf, { revision_id: revision }, { org })).value.base64))
    } catch {
      setFailed(true)
    } finally {
      release()
      setBusy(false)
    }
  }
  useActions([{ id: 'print', label: t('print.action'), keys: 'mod+p', group: 'page', run: () => void print() }])
  return (
    <>
      {failed && <span role="alert">{t('print.failed')}</span>}
      <Button kind="quiet" icon={Printer} iconOnly label={t('print.action')} title={t('print.action_keys')} disabled={busy} onClick={() => void print()} />
    </>
  )
}
