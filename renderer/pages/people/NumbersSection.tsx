import { useEffect, useState } from 'react'
import { vaultKinds, type VaultKind } from '../../../shared/domain/personal-data/model.ts'
import { removeVaultItem } from '../../../shared/domain/personal-data/operations.ts'
import { call } from '../../app/client.ts'
import type { CallFailure } from '../../app/client.ts'
import { failureOf, useAnswer, useCommand } from '../../app/queries.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { isKey, useT, wordOf } from '../../i18n/index.ts'
import { readNumbers, revealNumber, storeNumber } from './numbers-operations.ts'
import styles from './Numbers.module.css'

/** After which a number that was shown is masked again. */
const SHOWN_MS = 60_000

interface Gesture {
  what: 'enter' | 'reveal' | 'remove'
  kind: VaultKind
}
interface Shown {
  kind: VaultKind
  number: string
}

/** Numbers of a person, for who was given them by name: masked, whole for a reason. Nothing typed here is kept before it is saved. */
export function NumbersSection({ person, name }: { person: string; name: string }) {
  const t = useT()
  const asked = useAnswer(readNumbers, { collaborator_id: person })
  const [gesture, setGesture] = useState<Gesture | null>(null)
  const [shown, setShown] = useState<Shown | null>(null)
  const [warnings, setWarnings] = useState<readonly { issue: string; expected: string }[]>([])
  useEffect(() => {
    if (!shown) return undefined
    const timer = setTimeout(() => setShown(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [shown])
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer) return <LoadingSkeleton rows={3} />
  const held = new Map(asked.answer.value.items.map((one) => [one.kind, one]))
  const close = (): void => setGesture(null)
  return (
    <>
      <p className={mutedText}>{t('numbers.about')}</p>
      <ul className={styles['numbers']}>
        {vaultKinds.map((kind) => {
          const item = held.get(kind)
          const label = wordOf(t, 'numbers.kind', kind)
          const labelled = (action: string): string => t('numbers.of', { action, kind: label })
          const whole = shown?.kind === kind ? shown.number : null
          return (
            <li key={kind}>
              <span className={styles['kind']}>{label}</span>
              <span className={item ? styles['number'] : mutedText}>{whole ?? (item ? (item.masked ?? t('numbers.unreadable')) : t('numbers.none'))}</span>
              <span className={styles['actions']}>
                {whole !== null && <Button small label={t('numbers.copy')} onClick={() => void navigator.clipboard.writeText(whole).then(() => announce(t('numbers.copied')))} />}
                {item?.readable && (whole === null ? <Button small label={t('numbers.reveal')} aria-label={labelled(t('numbers.reveal'))} onClick={() => setGesture({ what: 'reveal', kind })} /> : <Button small label={t('numbers.hide')} onClick={() => setShown(null)} />)}
                <Button small label={t(item ? 'numbers.replace' : 'numbers.enter')} aria-label={labelled(t(item ? 'numbers.replace' : 'numbers.enter'))} onClick={() => setGesture({ what: 'enter', kind })} />
                {item && <Button small kind="quiet" label={t('numbers.remove')} aria-label={labelled(t('numbers.remove'))} onClick={() => setGesture({ what: 'remove', kind })} />}
              </span>
              {whole !== null && <small className={mutedText}>{t('numbers.shown_for')}</small>}
            </li>
          )
        })}
      </ul>
      {warnings.map(({ issue, expected }) => {
        const key = `numbers.warning.${issue.replaceAll('.', '_')}`
        return isKey(key) && <p key={issue} role="status">{t(key, { expected })}</p>
      })}
      {gesture?.what === 'enter' && (
        <EnterDialog
          person={person}
          kind={gesture.kind}
          onClose={close}
          onStored={(found) => {
            setWarnings(found)
            setShown(null)
            close()
          }}
        />
      )}
      {gesture?.what === 'reveal' && (
        <RevealDialog
          person={person}
          name={name}
          kind={gesture.kind}
          onClose={close}
          onShown={(number) => {
            setShown({ kind: gesture.kind, number })
            close()
          }}
        />
      )}
      {gesture?.what === 'remove' && <RemoveDialog person={person} name={name} kind={gesture.kind} onClose={close} />}
    </>
  )
}

function EnterDialog({ person, kind, onClose, onStored }: { person: string; kind: VaultKind; onClose: () => void; onStored: (warnings: readonly { issue: string; expected: string }[]) => void }) {
  const t = useT()
  const textOf = useFailureText()
  const store = useCommand(storeNumber)
  const [number, setNumber] = useState('')
  const label = wordOf(t, 'numbers.kind', kind)
  const submit = async (): Promise<void> => {
    const stored = number.trim() === '' ? null : await store.run({ collaborator_id: person, kind, number })
    if (!stored) return
    announce(t('numbers.saved', { kind: label }))
    onStored(stored.value.warnings)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={label}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('action.save')} disabled={number.trim() === '' || store.pending} />
        </>
      }
    >
      <FormErrorSummary failure={store.failure} />
      <TextField label={label} hint={t('numbers.not_kept')} name="number" value={number} onChange={setNumber} error={textOf.field(store.failure, 'number')} autoComplete="off" spellCheck={false} maxLength={80} autoFocus />
    </Dialog>
  )
}

function RevealDialog({ person, name, kind, onClose, onShown }: { person: string; name: string; kind: VaultKind; onClose: () => void; onShown: (number: string) => void }) {
  const t = useT()
  const org = useOrg()
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  // Not through the cache of answers: a number stays nowhere but in this line, and not for long.
  const reveal = async (reason: string): Promise<void> => {
    setPending(true)
    setFailure(null)
    try {
      onShown((await call(revealNumber, { collaborator_id: person, kind, reason }, org ? { org } : {})).value.number)
    } catch (error) {
      setFailure(failureOf(error))
      setPending(false)
    }
  }
  return <ConfirmDialog title={t('numbers.reveal_title', { kind: wordOf(t, 'numbers.kind', kind) })} about={t('numbers.reveal_about', { name })} action={t('numbers.reveal')} reason="required" pending={pending} failure={failure} onClose={onClose} onConfirm={(reason) => void reveal(reason)} />
}

function RemoveDialog({ person, name, kind, onClose }: { person: string; name: string; kind: VaultKind; onClose: () => void }) {
  const t = useT()
  const remove = useCommand(removeVaultItem)
  return (
    <ConfirmDialog
      danger
      title={t('numbers.remove_title', { kind: wordOf(t, 'numbers.kind', kind) })}
      about={t('numbers.remove_about', { name })}
      action={t('numbers.remove')}
      pending={remove.pending}
      failure={remove.failure}
      onClose={onClose}
      onConfirm={() => void remove.run({ collaborator_id: person, kind }).then((done) => done && onClose())}
    />
  )
}
