import { useState } from 'react'
import { call } from '../../../app/client.ts'
import type { CallFailure } from '../../../app/client.ts'
import { bytesFromBase64, saveFile } from '../../../app/files.ts'
import { failureOf, useAnswer } from '../../../app/queries.ts'
import { Button } from '../../../components/Button.tsx'
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx'
import { CheckField } from '../../../components/Field.tsx'
import { useOrg } from '../../../app/routes.ts'
import { useT } from '../../../i18n/index.ts'
import { printContract, vaultKeyState } from '../../people/numbers-operations.ts'

/** The copy that bears the person's number, for who was given numbers by name: for a reason, and kept nowhere by the app. */
export function PrintNumbered({ version }: { version: string }) {
  const t = useT()
  const org = useOrg()
  const right = useAnswer(vaultKeyState, {})
  const [asking, setAsking] = useState(false)
  const [whole, setWhole] = useState(false)
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  if (!right.answer) return null
  const print = async (reason: string): Promise<void> => {
    setPending(true)
    setFailure(null)
    try {
      const { value } = await call(printContract, { id: version, whole, reason }, org ? { org } : {})
      await saveFile(value.file_name, bytesFromBase64(value.base64), value.media_type)
      setAsking(false)
    } catch (error) {
      setFailure(failureOf(error))
    } finally {
      setPending(false)
    }
  }
  return (
    <>
      <Button small label={t('numbers.print')} onClick={() => setAsking(true)} />
      {asking && (
        <ConfirmDialog title={t('numbers.print')} about={t('numbers.print_about')} action={t('numbers.print')} reason="required" pending={pending} failure={failure} onClose={() => setAsking(false)} onConfirm={(reason) => void print(reason)}>
          <CheckField label={t('numbers.print_whole')} checked={whole} onChange={setWhole} />
        </ConfirmDialog>
      )}
    </>
  )
}
