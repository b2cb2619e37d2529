import { useState } from 'react'
import { requestVoid, settleRequest } from '../../../../shared/domain/contracts/operations.ts'
import { useCommand } from '../../../app/queries.ts'
import { Button } from '../../../components/Button.tsx'
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx'
import { announce } from '../../../components/LiveRegion.tsx'
import { mutedText } from '../../../components/RowList.tsx'
import { useFormat } from '../../../i18n/format.ts'
import { isKey, useT } from '../../../i18n/index.ts'
import type { Translate } from '../../../i18n/index.ts'
import type { RequestRow } from './contract-rows.ts'
import styles from './ContractEditor.module.css'

/** Columns that changed, or the code of why an engagement ended, in words. */
const causeWords = (t: Translate, cause: string): string =>
  cause.split(', ').map((part) => [`contract_editor.cause.${part}`, `engagement.cancel_reason.${part}`, `audit.field.${part}`].find(isKey)).flatMap((key) => (key === undefined ? [] : [t(key)])).join(', ') || t('contract_editor.cause.terms')

/** What was asked of the contract and waits: an amendment because terms changed, a void because an engagement ended. */
export function OpenRequests({ requests, onAmend }: { requests: readonly RequestRow[]; onAmend: (() => void) | null }) {
  const t = useT()
  const format = useFormat()
  const [settling, setSettling] = useState<{ row: RequestRow; outcome: 'granted' | 'refused' } | null>(null)
  return (
    <>
      {requests.filter(({ state }) => state === 'open').map((row) => (
        <section key={row.id} className={styles['request']} aria-label={t(`contract_editor.request.${row.kind}`)} data-request={row.kind}>
          <p>
            <strong>{t(`contract_editor.request.${row.kind}`)}</strong> · {causeWords(t, row.cause)}
          </p>
          {row.words !== null && <p>{row.words}</p>}
          <p className={mutedText}>
            {t('contract_editor.request_since', { at: format.moment(row.created_at) })} {t(`contract_editor.request_about.${row.kind}`)}
          </p>
          <div className={styles['row']}>
            {row.kind === 'amendment' && onAmend && <Button small kind="primary" label={t('contract_editor.amend')} onClick={onAmend} />}
            {row.kind === 'void' && row.can.includes('contract.settle') && <Button small kind="primary" label={t('contract_editor.grant_void')} onClick={() => setSettling({ row, outcome: 'granted' })} />}
            {row.can.includes('contract.settle') && <Button small label={t('contract_editor.refuse_request')} onClick={() => setSettling({ row, outcome: 'refused' })} />}
          </div>
        </section>
      ))}
      {settling && <SettleDialog {...settling} onClose={() => setSettling(null)} />}
    </>
  )
}

function SettleDialog({ row, outcome, onClose }: { row: RequestRow; outcome: 'granted' | 'refused'; onClose: () => void }) {
  const t = useT()
  const settle = useCommand(settleRequest)
  const granting = outcome === 'granted'
  return (
    <ConfirmDialog
      title={t(granting ? 'contract_editor.grant_void' : 'contract_editor.refuse_request')}
      about={t(granting ? 'contract_editor.grant_about' : 'contract_editor.refuse_about')}
      action={t(granting ? 'contract_editor.grant_void' : 'contract_editor.refuse_request')}
      danger={granting}
      reason="required"
      pending={settle.pending}
      failure={settle.failure}
      onClose={onClose}
      onConfirm={(reason) =>
        void settle.run({ id: row.id, outcome, reason }).then((done) => {
          if (!done) return
          announce(t('contract_editor.settled'))
          onClose()
        })
      }
    />
  )
}

/** Asks that a contract be made void: until somebody settles it, nothing of it goes on. */
export function RequestVoidDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT()
  const ask = useCommand(requestVoid)
  return (
    <ConfirmDialog
      title={t('contract_editor.request_void')}
      about={t('contract_editor.request_void_about')}
      action={t('contract_editor.request_void')}
      danger
      reason="required"
      pending={ask.pending}
      failure={ask.failure}
      onClose={onClose}
      onConfirm={(reason) =>
        void ask.run({ id, reason }).then((done) => {
          if (!done) return
          announce(t('contract_editor.void_asked'))
          onClose()
        })
      }
    />
  )
}
