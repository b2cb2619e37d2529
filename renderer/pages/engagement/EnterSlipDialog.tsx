import { useState } from 'react'
import { readSlip } from '../../../shared/domain/engagement/slip-operations.ts'
import { listAssignments } from '../../../shared/domain/planning/operations.ts'
import { useAnswer } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { AnswerDialog, answersOf } from './AnswerDialog.tsx'
import { useAcceptances } from './use-acceptances.ts'
import { useChosenRows } from './use-chosen-rows.ts'
import { momentWords, useSaying } from './words.ts'

type Read = (typeof readSlip.output)['_output']
type Slip = NonNullable<Read['slip']>

/** An answer on paper: the code of its slip, typed or scanned, then the answer that is ticked on it. */
export function EnterSlipDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const saying = useSaying('UTC')
  const [typed, setTyped] = useState('')
  const [asking, setAsking] = useState<string | null>(null)
  const [found, setFound] = useState<{ slip: Slip; code: string } | null>(null)
  const asked = useAnswer(readSlip, asking === null ? null : { text: asking }, { keep: false })
  const said = asking === null ? undefined : asked.answer?.value
  const { slip } = said ?? { slip: null }
  const open = said?.verdict === 'open' && slip !== null && said.code !== null ? { slip, code: said.code } : null
  const submit = (): void => {
    const text = typed.trim()
    if (open) setFound(open)
    else if (text !== '') setAsking(text)
  }
  if (found) return <SlipAnswer slip={found.slip} code={found.code} onClose={() => setFound(null)} onDone={onClose} />
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('engagement.slip_enter')}
      onSubmit={submit}
      actions={
        <>
          <Button label={t('action.close')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t(open ? 'engagement.slip_answer' : 'engagement.slip_find')} disabled={typed.trim() === '' || asked.loading} />
        </>
      }
    >
      <FormErrorSummary failure={asked.failure} />
      <div className={formStack}>
        <TextField
          label={t('engagement.slip_code')}
          name="slip"
          hint={t('engagement.slip_code_hint')}
          autoFocus
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(text) => {
            setTyped(text)
            setAsking(null)
          }}
        />
        <div role="status">
          {said && <p>{t(`engagement.slip.${said.verdict}`, { state: slip ? wordOf(t, 'engagement.slip_state', slip.state) : '' })}</p>}
          {slip && (
            <p>
              <strong>{slip.name}</strong>, {slip.mission}, {momentWords({ ...saying, zone: slip.zone }, slip.start_at)}
            </p>
          )}
        </div>
      </div>
    </Dialog>
  )
}

/** The usual answer, with its source and what it was read from. */
function SlipAnswer({ slip, code, onClose, onDone }: { slip: Slip; code: string; onClose: () => void; onDone: () => void }) {
  const t = useT()
  const rows = useChosenRows(slip.project_id, [slip.assignment_id])
  const acceptances = useAcceptances(slip.project_id, [slip.assignment_id])
  const row = rows.rows?.find(({ id }) => id === slip.assignment_id)
  const question = acceptances.rows?.find(({ id }) => id === slip.acceptance_id)
  const may = useAnswer(listAssignments, { project_id: slip.project_id, filter: { id: slip.assignment_id }, limit: 1 })
  const offered = row && question && may.answer ? answersOf(may.answer.can, question, false).filter((one) => one !== 'withdraw') : []
  const [first] = offered
  if (!row || !question || !first)
    return (
      <Dialog open onClose={onClose} title={t('engagement.slip_enter')} actions={<Button label={t('action.back')} onClick={onClose} />}>
        <FormErrorSummary failure={rows.failure ?? acceptances.failure ?? may.failure} />
        <p role="status">{t(row && question && may.answer ? 'engagement.slip_unanswerable' : 'engagement.slip_loading')}</p>
      </Dialog>
    )
  return <AnswerDialog row={row} open={question} offered={offered} first={first} own={false} name={slip.name} slip={code} onClose={onClose} onDone={onDone} />
}
