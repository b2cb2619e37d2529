import { useState } from 'react'
import { recordConsent } from '../../../shared/domain/people/operations.ts'
import { consentPurposes } from '../../../shared/domain/people/model.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { DayField, todayIn } from '../../components/DateTimeField.tsx'
import { Select, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { Facts } from '../../components/SidePanel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'

interface Given {
  purpose: string
  answer: string
  answered_on: string
  source: string
}
type Purpose = (typeof consentPurposes)[number]

/** What the person accepted or refused, since when and how one knows (decision A19). */
export function ConsentSection({ person, given, mayWrite }: { person: string; given: readonly Given[]; mayWrite: boolean }) {
  const t = useT()
  const format = useFormat()
  const save = useCommand(recordConsent)
  const [purpose, setPurpose] = useState<Purpose | null>(null)
  const [answer, setAnswer] = useState<'given' | 'refused'>('given')
  const [day, setDay] = useState<string | null>(todayIn())
  const [source, setSource] = useState('')
  // Closed, the form gives the focus back to what opened it.
  const [closed, setClosed] = useState(false)
  const close = (): void => {
    setPurpose(null)
    setClosed(true)
  }
  const words = (wanted: Purpose): string => {
    const found = given.find((row) => row.purpose === wanted)
    return found ? `${wordOf(t, 'person.consent_answer', found.answer)} · ${format.day(found.answered_on)} · ${found.source}` : t('person.consent_unknown')
  }
  const submit = async (): Promise<void> => {
    if (purpose && day && source.trim() && (await save.run({ collaborator_id: person, purpose, answer, answered_on: day, source: source.trim() }))) close()
  }
  return (
    <>
      <Facts facts={consentPurposes.map((one) => [wordOf(t, 'person.consent', one), words(one)])} />
      {mayWrite && purpose === null && (
        <div>
          <Button small label={t('person.consent_record')} autoFocus={closed} onClick={() => setPurpose(consentPurposes[0])} />
        </div>
      )}
      {purpose !== null && (
        <form
          className={formStack}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <FormErrorSummary failure={save.failure} />
          <Select label={t('person.consent_purpose')} autoFocus value={purpose} onChange={(value) => setPurpose(consentPurposes.find((one) => one === value) ?? null)} choices={consentPurposes.map((value) => ({ value, label: wordOf(t, 'person.consent', value) }))} />
          <Select label={t('person.consent_said')} value={answer} onChange={(value) => setAnswer(value === 'refused' ? 'refused' : 'given')} choices={(['given', 'refused'] as const).map((value) => ({ value, label: wordOf(t, 'person.consent_answer', value) }))} />
          <DayField label={t('person.consent_on')} value={day} onChange={setDay} />
          <TextField label={t('person.consent_source')} hint={t('person.consent_source_hint')} value={source} onChange={setSource} />
          <div>
            <Button type="submit" kind="primary" label={t('action.save')} disabled={!day || !source.trim() || save.pending} /> <Button label={t('action.cancel')} onClick={close} />
          </div>
        </form>
      )}
    </>
  )
}
