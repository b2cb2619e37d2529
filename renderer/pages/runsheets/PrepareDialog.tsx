import { useState } from 'react'
import { localDateOf } from '../../../shared/kernel/instants.ts'
import { listMissions } from '../../../shared/domain/planning/operations.ts'
import { prepareSheet } from '../../../shared/domain/runsheets/operations.ts'
import { useProject } from '../../app/context.tsx'
import { useCommand, useList } from '../../app/queries.ts'
import { MissionRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { Combobox } from '../../components/Combobox.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { CheckField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'

export function PrepareDialog({ onClose, onDone, mission: given }: { onClose: () => void; onDone: (sheet: string) => void; mission?: string }) {
  const t = useT()
  const format = useFormat()
  const project = useProject()
  const list = useList(listMissions, { project_id: project.id, filter: { status: ['draft', 'planned', 'in_progress'] }, sort: ['start_at'], limit: 200 }, MissionRow)
  const prepare = useCommand(prepareSheet)
  const [mission, setMission] = useState<string | null>(given ?? null)
  const [covers, setCovers] = useState<ReadonlySet<string>>(new Set())
  const lead = list.items.find((row) => row.id === mission)
  const sameDay = lead ? list.items.filter((row) => row.id !== lead.id && localDateOf(row.start_at, row.zone) === localDateOf(lead.start_at, lead.zone)) : []
  const submit = async (): Promise<void> => {
    if (!mission) return
    const made = await prepare.run({ mission_id: mission, covers: [...covers] })
    if (made) onDone(made.value.id)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('sheets.new')}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.cancel')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('sheets.new')} disabled={!mission || prepare.pending} />
        </>
      }
    >
      <FormErrorSummary failure={prepare.failure} />
      <p className={mutedText}>{t('sheets.prepared')}</p>
      <Combobox
        label={t('sheets.choose')}
        autoFocus
        value={mission}
        onChange={(id) => {
          setMission(id)
          setCovers(new Set())
        }}
        options={list.items.map((row) => ({ id: row.id, label: [row.day_code, row.title].filter(Boolean).join(' · '), detail: format.dayOf(row.start_at, row.zone) }))}
      />
      {sameDay.length > 0 && (
        <fieldset>
          <legend>
            <strong>{t('sheets.also')}</strong>
          </legend>
          {sameDay.map((row) => (
            <CheckField
              key={row.id}
              label={`${format.timeOf(row.start_at, row.zone)} ${row.title}`}
              checked={covers.has(row.id)}
              onChange={(checked) => {
                const next = new Set(covers)
                if (checked) next.add(row.id)
                else next.delete(row.id)
                setCovers(next)
              }}
            />
          ))}
        </fieldset>
      )}
    </Dialog>
  )
}
