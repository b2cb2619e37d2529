import { Copy, Unlink } from 'lucide-react'
import { useState } from 'react'
import { isInstant } from '../../../shared/kernel/instants.ts'
import type { CallFailure } from '../../app/client.ts'
import { useCommand } from '../../app/queries.ts'
import { linkGive } from '../../app/sync/operations.ts'
import type { LinkAsked } from '../../app/sync/operations.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import { momentWords, useSaying } from './words.ts'

/** Where there is no link to be had: why, and what is given instead. */
export interface Instead {
  readonly noServer: string
  readonly noNetwork: string
  readonly label: string
  readonly run: () => void
}

export interface Revoking {
  readonly pending: boolean
  readonly failure: CallFailure | null
  /** True: done. */
  readonly run: () => Promise<boolean>
}

interface LinkDialogProps {
  name: string
  about: string
  /** What to do once it is sent. */
  after?: string
  asked: LinkAsked
  zone: string
  instead: Instead
  /** Null: none was given, or one may not. */
  revoking: Revoking | null
  onClose: () => void
}

/** The personal link of somebody, made by the server and copied here for a message of one's own; and the way to make those given worth nothing. */
export function LinkDialog({ name, about, after, asked, zone, instead, revoking, onClose }: LinkDialogProps) {
  const t = useT()
  const saying = useSaying(zone)
  const give = useCommand(linkGive)
  const [link, setLink] = useState<{ url: string; until: string | null } | null>(null)
  const [stuck, setStuck] = useState(false)
  const [confirming, setConfirming] = useState(false)
  const why = give.failure?.code === 'sync.no_server' ? instead.noServer : give.failure?.code === 'sync.unreachable' ? instead.noNetwork : null
  const copy = async (): Promise<void> => {
    if (give.pending) return
    setStuck(false)
    const answer = await give.run(asked)
    if (!answer) return
    setLink(answer.value)
    try {
      await navigator.clipboard.writeText(answer.value.url)
      announce(t('link.copied'))
    } catch {
      setStuck(true)
    }
  }
  const revoke = async (): Promise<void> => {
    if (!revoking || !(await revoking.run())) return
    setConfirming(false)
    setLink(null)
    announce(t('link.closed_all'))
  }
  if (confirming && revoking)
    return <ConfirmDialog title={t('link.close_all')} about={t('link.close_all_about')} action={t('link.close_all')} danger pending={revoking.pending} failure={revoking.failure} onConfirm={() => void revoke()} onClose={() => setConfirming(false)} />
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={t('link.title', { name })}
      onSubmit={() => void copy()}
      actions={
        <>
          <Button label={t('action.close')} onClick={onClose} />
          {revoking && <Button kind="quiet" icon={Unlink} label={t('link.close_all')} disabled={revoking.pending} onClick={() => setConfirming(true)} />}
          {why !== null && <Button label={instead.label} onClick={instead.run} />}
          <Button type="submit" kind="primary" icon={Copy} label={t('link.copy')} disabled={give.pending} />
        </>
      }
    >
      <FormErrorSummary failure={why === null ? give.failure : null} />
      <div className={formStack}>
        <p>{about}</p>
        {why !== null && <p role="alert">{why}</p>}
        {link && <TextField label={t('link.address')} readOnly value={link.url} onChange={() => undefined} onFocus={(event) => event.target.select()} />}
        {link?.until != null && isInstant(link.until) && <p>{t('link.until', { when: momentWords(saying, link.until) })}</p>}
        {link && after !== undefined && <p className={mutedText}>{after}</p>}
        {stuck && <p role="alert">{t('link.by_hand')}</p>}
      </div>
    </Dialog>
  )
}
