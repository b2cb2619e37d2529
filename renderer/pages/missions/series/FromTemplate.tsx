import { useState } from 'react'
import { z } from 'zod'
import { createFromTemplate, missionTemplates } from '../../../../shared/domain/templates/operations.ts'
import { useProject } from '../../../app/context.tsx'
import { useAnswer, useCommand } from '../../../app/queries.ts'
import { paths, useGo } from '../../../app/routes.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { Select, TextField } from '../../../components/Field.tsx'
import { FormErrorSummary } from '../../../components/FormErrorSummary.tsx'
import { announce } from '../../../components/LiveRegion.tsx'
import { EmptyState, LoadingSkeleton } from '../../../components/States.tsx'
import { localDateOf } from '../../../../shared/kernel/instants.ts'
import { useT } from '../../../i18n/index.ts'
import { useDates } from './DatesFields.tsx'

const Template = z.object({ id: z.string(), name: z.string(), title: z.string(), start_time: z.string(), needs: z.array(z.object({ head_count: z.number() })) })

/** Missions made from a template, one on each date. */
export function FromTemplate({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const t = useT()
  const go = useGo()
  const project = useProject()
  const asked = useAnswer(missionTemplates.list, { limit: 200, sort: ['name'] })
  const templates = asked.answer ? z.array(Template).parse(asked.answer.value.items) : []
  const make = useCommand(createFromTemplate)
  const [chosen, setChosen] = useState('')
  const [title, setTitle] = useState('')
  const template = templates.find(({ id }) => id === chosen) ?? templates[0]
  const { dates, fields, problem } = useDates(localDateOf(project.start_at, project.zone))
  const ready = template !== undefined && problem === null && !make.pending
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('series.template_title')}
      onSubmit={() => {
        if (!ready) return
        void make.run({ template_id: template.id, project_id: project.id, dates, ...(title.trim() ? { title: title.trim() } : {}) }).then((made) => {
          if (!made) return
          announce(t('series.made', { count: made.value.ids.length }))
          onClose()
          const [first] = made.value.ids
          if (first && made.value.ids.length === 1) onMade(first)
        })
      }}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('series.template_action', { count: dates.length })} disabled={!ready} />
        </>
      }
    >
      <FormErrorSummary failure={make.failure ?? asked.failure} />
      {!asked.answer ? (
        <LoadingSkeleton rows={3} />
      ) : !template ? (
        <EmptyState text={t('templates.empty')}>
          <Button label={t('settings.section.templates')} onClick={() => go(paths.settings(project.org, 'templates'))} />
        </EmptyState>
      ) : (
        <>
          <Select
            label={t('series.template')}
            value={template.id}
            choices={templates.map((one) => ({ value: one.id, label: `${one.name} · ${one.start_time} · ${t('templates.heads', { count: one.needs.reduce((sum, need) => sum + need.head_count, 0) })}` }))}
            onChange={setChosen}
          />
          <TextField label={t('mission.title')} name="title" optional placeholder={template.title} value={title} onChange={setTitle} />
          {fields}
        </>
      )}
    </Dialog>
  )
}
