import { useState } from 'react'
import { signContract, signOnScreen } from '../../../../shared/domain/contracts/operations.ts'
import type { Instant } from '../../../../shared/kernel/instants.ts'
import { theTransport } from '../../../app/client.ts'
import { useFailureText } from '../../../app/failure-text.ts'
import { useCommand } from '../../../app/queries.ts'
import { Button } from '../../../components/Button.tsx'
import { DateTimeField } from '../../../components/DateTimeField.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { Select, TextField } from '../../../components/Field.tsx'
import { FormErrorSummary } from '../../../components/FormErrorSummary.tsx'
import { formStack } from '../../../components/FormLayout.ts'
import { announce } from '../../../components/LiveRegion.tsx'
import { mutedText } from '../../../components/RowList.tsx'
import { Segmented } from '../../../components/Segmented.tsx'
import { useT } from '../../../i18n/index.ts'
import type { Facts, VersionRow } from './contract-rows.ts'
import { sidesLeft } from './ladder.ts'
import type { Side } from './ladder.ts'
import { SignaturePad } from './SignaturePad.tsx'
import styles from './ContractEditor.module.css'

interface SignDialogProps {
  version: VersionRow
  facts: Facts
  onClose: () => void
}

const METHODS = ['paper', 'screen'] as const

/** One side signs: on paper, with the date and the name; or on this screen, with a drawn image, which is no qualified signature. */
export function SignDialog({ version, facts, onClose }: SignDialogProps) {
  const t = useT()
  const textOf = useFailureText()
  // As it stood when it was asked: the answer is on its way while the page follows already.
  const [left] = useState(() => sidesLeft(version))
  const nameOf = (side: Side): string => (side === 'house' ? facts.house.signatory_name : (facts.other.signatory_name ?? facts.other.name)) ?? ''
  const [side, setSide] = useState<Side>(left[0] ?? 'house')
  const [method, setMethod] = useState<(typeof METHODS)[number]>('paper')
  const [names, setNames] = useState<Partial<Record<Side, string>>>({})
  const [at, setAt] = useState<Instant | null>(null)
  const [png, setPng] = useState<(() => Promise<Uint8Array | null>) | null>(null)
  const [round, setRound] = useState(0)
  const [tried, setTried] = useState(false)
  const [sending, setSending] = useState(false)
  const [unkept, setUnkept] = useState(false)
  const onPaper = useCommand(signContract)
  const onScreen = useCommand(signOnScreen)
  const name = names[side] ?? nameOf(side)
  const failure = method === 'paper' ? onPaper.failure : onScreen.failure
  const pending = sending || onPaper.pending || onScreen.pending
  const wipe = (): void => {
    setPng(null)
    setRound((now) => now + 1)
  }
  const drawn = async (): Promise<boolean> => {
    const image = await png?.()
    if (!image) return false
    let kept: { sha256: string; size: number }
    try {
      kept = await theTransport().putBlob(image)
    } catch {
      setUnkept(true)
      return false
    }
    return (await onScreen.run({ id: version.id, side, name: name.trim(), type: 'image/png', size: kept.size, sha256: kept.sha256 })) !== null
  }
  const submit = async (): Promise<void> => {
    setTried(true)
    setUnkept(false)
    if (name.trim() === '' || pending || (method === 'screen' && png === null)) return
    setSending(true)
    const done = method === 'screen' ? await drawn() : (await onPaper.run({ id: version.id, side, name: name.trim(), ...(at === null ? {} : { signed_at: at }) })) !== null
    setSending(false)
    if (!done) return
    announce(t('contract_editor.signed_by', { name: name.trim() }))
    onClose()
  }
  return (
    <Dialog
      open
      wide={method === 'screen'}
      onClose={onClose}
      title={t('contract_editor.sign_title')}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.cancel')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t(method === 'paper' ? 'contract_editor.sign_paper_do' : 'contract_editor.sign_screen_do')} disabled={pending} />
        </>
      }
    >
      <FormErrorSummary failure={failure} />
      {unkept && <p role="alert">{t('contract_editor.unkept')}</p>}
      <div className={formStack}>
        <Segmented label={t('contract_editor.sign_how')} value={method} onChange={setMethod} choices={METHODS.map((value) => ({ value, label: t(`contract_editor.method.${value}`) }))} />
        <Select
          label={t('contract_editor.sign_who')}
          name="side"
          value={side}
          onChange={(value) => {
            setSide(value === 'other' ? 'other' : 'house')
            wipe()
          }}
          choices={left.map((value) => ({ value, label: `${t(`contract_editor.side.${value}`)}${nameOf(value) === '' ? '' : ` (${nameOf(value)})`}` }))}
        />
        <TextField label={t('contract_editor.sign_name')} name="name" maxLength={160} value={name} onChange={(text) => setNames((now) => ({ ...now, [side]: text }))} error={textOf.field(failure, 'name') ?? (tried && name.trim() === '' ? t('issue.required') : undefined)} />
        {method === 'paper' ? (
          <DateTimeField label={t('contract_editor.sign_at')} hint={t('contract_editor.sign_at_hint')} name="signed_at" optional value={at} onChange={setAt} zone={facts.zone} error={textOf.field(failure, 'signed_at')} />
        ) : (
          <>
            <p>{t('contract_editor.not_qualified')}</p>
            <SignaturePad round={round} onStroke={(write) => setPng(() => write)} />
            <div className={styles['row']}>
              <Button small label={t('contract_editor.pad_clear')} disabled={png === null} onClick={wipe} />
              <span className={mutedText}>{t('contract_editor.pad_keyboard')}</span>
            </div>
            {tried && png === null && <p role="alert">{t('contract_editor.pad_empty')}</p>}
          </>
        )}
      </div>
    </Dialog>
  )
}
