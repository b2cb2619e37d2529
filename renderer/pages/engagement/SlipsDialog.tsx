import { Printer } from 'lucide-react'
import { useState } from 'react'
import { mostSlips } from '../../../shared/domain/engagement/slip-operations.ts'
import type { CallFailure } from '../../app/client.ts'
import { failureOf } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { CheckField } from '../../components/Field.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { useT } from '../../i18n/index.ts'
import { LeftOutLines, PeopleLines } from './PeopleLines.tsx'
import type { PersonLine } from './PeopleLines.tsx'
import type { AcceptanceRow } from './rows.ts'
import { saveSlips } from './slips.ts'
import type { SlipPrint } from './slips.ts'
import { momentWords, useSaying } from './words.ts'

export interface ToPrint {
  readonly question: AcceptanceRow
  readonly name: string
}

/** Slips to answer on, for who has no screen: printing tells nobody; handing them over is said by "told". */
export function SlipsDialog({ questions, out, onClose }: { questions: readonly ToPrint[]; /** Chosen, and asked nothing. */ out: readonly PersonLine[]; onClose: () => void }) {
  const t = useT()
  const org = useOrg()
  const saying = useSaying('UTC')
  const [print, setPrint] = useState<SlipPrint>({ paper: 'a4', withRate: false })
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const here = questions.slice(0, mostSlips)
  const mayRate = questions.some(({ question }) => question.rate !== null)
  const submit = async (): Promise<void> => {
    if (here.length === 0 || pending) return
    setPending(true)
    setFailure(null)
    try {
      await saveSlips(org, here.map(({ question }) => question.id), print)
      announce(t('engagement.slips_done', { count: here.length }))
      onClose()
    } catch (error) {
      setFailure(failureOf(error))
    } finally {
      setPending(false)
    }
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('engagement.slips')}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" icon={Printer} label={t('engagement.slips_print', { count: here.length })} disabled={here.length === 0 || pending} />
        </>
      }
    >
      <FormErrorSummary failure={failure} />
      <div className={formStack}>
        <p>{t('engagement.slips_about')}</p>
        <PeopleLines label={t('engagement.slips')} lines={here.map(({ question: { id, terms, deadline_at }, name }) => ({ id, name, about: [terms.mission, terms.role, t('engagement.deadline_for', { when: momentWords({ ...saying, zone: terms.zone }, deadline_at) })].filter(Boolean).join(' · ') }))} />
        {questions.length > here.length && <p role="alert">{t('engagement.slips_most', { most: mostSlips })}</p>}
        <LeftOutLines lines={out} />
        <Segmented label={t('engagement.slips_paper')} value={print.paper} choices={(['a4', 'a5'] as const).map((value) => ({ value, label: t(`engagement.slips_paper.${value}`) }))} onChange={(paper) => setPrint({ ...print, paper })} />
        {mayRate && <CheckField label={t('engagement.slips_rate')} checked={print.withRate} onChange={(withRate) => setPrint({ ...print, withRate })} />}
        <p className={mutedText}>{t('engagement.slips_after')}</p>
      </div>
    </Dialog>
  )
}
