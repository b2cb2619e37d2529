import { useState } from 'react'
import { z } from 'zod'
import { generateForMission } from '../../../shared/domain/contracts/operations.ts'
import { listContracts } from '../../../shared/domain/contracts/queries.ts'
import { languages } from '../../../shared/domain/organization/model.ts'
import { listMissions } from '../../../shared/domain/planning/operations.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer, useCommand, useList } from '../../app/queries.ts'
import { MissionRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Select } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { PeopleLines } from '../engagement/PeopleLines.tsx'

type Language = (typeof languages)[number]
const Named = z.array(z.object({ collaborator_id: z.string(), name: z.string(), kind: z.enum(['cddu', 'artist', 'vendor', 'client']) }))

/** The contracts of everybody who accepted on a mission, in one gesture: who has one already, or needs none, stays as they are. */
export function MissionBatchDialog({ mission: first, onClose, onDone }: { mission: string; onClose: () => void; onDone: () => void }) {
  const t = useT()
  const format = useFormat()
  const project = useProject()
  const save = useCommand(generateForMission)
  const [mission, setMission] = useState(first)
  const [language, setLanguage] = useState<Language | ''>('')
  const missions = useList(listMissions, { project_id: project.id, filter: { status: { not: 'canceled' } }, sort: ['start_at'], limit: 200 }, MissionRow).items
  const asked = useAnswer(listContracts, mission === '' ? null : { project_id: project.id, mission_id: mission, states: [] })
  const waiting = mission === '' || !asked.answer || asked.stale ? null : Named.parse(asked.answer.value.to_prepare)
  const ready = waiting !== null && waiting.length > 0 && !save.pending
  const submit = async (): Promise<void> => {
    if (!ready) return
    const answer = await save.run({ mission_id: mission, ...(language ? { language } : {}) })
    if (!answer) return
    announce(t('contracts.made', { count: answer.value.items.length }))
    onDone()
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('contracts.mission_title')}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={waiting && waiting.length > 0 ? t('contracts.prepare_count', { count: waiting.length }) : t('contracts.prepare')} disabled={!ready} />
        </>
      }
    >
      <FormErrorSummary failure={save.failure ?? asked.failure} />
      <div className={formStack}>
        <Select
          label={t('contracts.mission')}
          name="mission_id"
          value={mission}
          onChange={setMission}
          choices={[{ value: '', label: t('contracts.mission_choose') }, ...missions.map((row) => ({ value: row.id, label: [row.day_code, row.title, format.dayOf(row.start_at, row.zone)].filter(Boolean).join(' · ') }))]}
        />
        <Select
          label={t('contracts.language')}
          name="language"
          value={language}
          onChange={(text) => setLanguage(languages.find((one) => one === text) ?? '')}
          choices={[{ value: '', label: t('contracts.language_project') }, ...languages.map((one) => ({ value: one, label: t(`language.${one}`) }))]}
        />
        <div aria-live="polite">
          {waiting && waiting.length === 0 && <p className={mutedText}>{t('contracts.mission_none')}</p>}
          {waiting && waiting.length > 0 && (
            <PeopleLines label={t('contracts.phase.to_prepare')} lines={waiting.map((one) => ({ id: `${one.collaborator_id}_${one.kind}`, name: one.name, about: t(`contracts.kind_short.${one.kind}`) }))} />
          )}
        </div>
      </div>
    </Dialog>
  )
}
