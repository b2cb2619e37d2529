import { useState } from 'react'
import { checkPrint } from '../../../shared/domain/runsheets/distribution-operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { paths, useGo, useOrg } from '../../app/routes.ts'
import { useAnswer } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextArea } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { ChangeList } from './ChangeList.tsx'
import styles from './Distribution.module.css'

/** Is this print still current? A scanner types its code here and ends with Enter; the digits of the footer do too. */
export function CheckPrintDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const org = useOrg() ?? ''
  const [typed, setTyped] = useState('')
  const [asking, setAsking] = useState<string | null>(null)
  const asked = useAnswer(checkPrint, asking === null ? null : { text: asking }, { keep: false })
  const said = asking === null ? undefined : asked.answer?.value
  const check = (): void => {
    const text = typed.trim()
    if (text !== '') setAsking(text)
  }
  const { sheet } = said ?? { sheet: null }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('sheet.check.title')}
      onSubmit={check}
      actions={
        <>
          <Button label={t('action.close')} onClick={onClose} />
          {sheet && <Button label={t('sheet.check.open')} onClick={() => go(paths.sheet(org, sheet.project_id, sheet.id))} />}
          <Button type="submit" kind="primary" label={t('sheet.check.do')} disabled={typed.trim() === ''} />
        </>
      }
    >
      <p>{t('sheet.check.about')}</p>
      <TextArea
        label={t('sheet.check.text')}
        name="code"
        rows={3}
        autoFocus
        spellCheck={false}
        value={typed}
        onChange={(text) => {
          setTyped(text)
          setAsking(null)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return
          event.preventDefault()
          check()
        }}
      />
      <FormErrorSummary failure={asked.failure} />
      <div role="status">
        {said && (
          <div className={styles['verdict']} data-good={said.verdict === 'current'}>
            <p>
              <strong>{t(`sheet.check.verdict.${said.verdict}`, { version: said.printed ?? '', current: sheet?.current ?? 'none' })}</strong>
            </p>
            {sheet && (
              <p>
                {sheet.title}, {format.day(sheet.date)}
              </p>
            )}
            {said.verdict !== 'forged' && said.verdict !== 'unreadable' && said.signature !== 'invalid' && <p className={mutedText}>{t(`sheet.check.signature.${said.signature}`)}</p>}
            {said.verdict !== 'forged' && said.verdict !== 'unreadable' && (
              <p className={mutedText}>{said.alone ? t('sheet.check.alone') : said.as_of !== null && isInstant(said.as_of) ? t('sheet.check.as_of', { at: format.moment(said.as_of) }) : t('sheet.check.never')}</p>
            )}
            {said.changes.length > 0 && (
              <>
                <p>{t('sheet.check.changes')}</p>
                <ChangeList lines={said.changes} />
              </>
            )}
          </div>
        )}
      </div>
    </Dialog>
  )
}
