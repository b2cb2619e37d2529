import { useState } from 'react'
import { expectDocuments, listPaperwork } from '../../../shared/domain/paperwork/operations.ts'
import { paperworkKinds } from '../../../shared/domain/paperwork/model.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Select } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { DocumentLine } from './DocumentLine.tsx'
import styles from './Documents.module.css'

/** Documents of one engagement: what is expected, what was handed in, and what may be done with it. */
export function DocumentsBlock({ assignment }: { assignment: string }) {
  const t = useT()
  const asked = useAnswer(listPaperwork, { assignment_id: assignment }, { keep: false })
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer) return <LoadingSkeleton rows={2} />
  const { items, may_expect } = asked.answer.value
  return (
    <>
      {items.length === 0 && <p className={mutedText}>{t('paperwork.none')}</p>}
      <ul className={styles['list']}>
        {items.map((item) => (
          <DocumentLine key={item.id} item={item} />
        ))}
      </ul>
      {may_expect && <AskFor assignment={assignment} asked={items.filter(({ state }) => state !== 'archived').map(({ kind }) => kind)} />}
    </>
  )
}

/** Asks for one more document of this engagement. */
function AskFor({ assignment, asked }: { assignment: string; asked: readonly string[] }) {
  const t = useT()
  const expect = useCommand(expectDocuments)
  const [chosen, setChosen] = useState('')
  const left = paperworkKinds.filter((kind) => !asked.includes(kind))
  const kind = left.find((one) => one === chosen)
  if (left.length === 0) return null
  const ask = async (): Promise<void> => {
    if (kind && (await expect.run({ assignment_ids: [assignment], kind }))) setChosen('')
  }
  return (
    <>
      <FormErrorSummary failure={expect.failure} />
      <div className={styles['actions']}>
        <Select label={t('paperwork.ask_for')} name="paperwork_kind" value={kind ?? ''} onChange={setChosen} choices={[{ value: '', label: '—' }, ...left.map((value) => ({ value, label: wordOf(t, 'paperwork.kind', value) }))]} />
        <Button small label={t('paperwork.ask')} disabled={!kind || expect.pending} onClick={() => void ask()} />
      </div>
    </>
  )
}
