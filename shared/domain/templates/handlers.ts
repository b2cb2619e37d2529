import { DAY, fromLocal, fromMs, localDateOf, MINUTE, toLocal, toMs } from '../../kernel/instants.ts'
import type { Id } from '../../kernel/ids.ts'
import { detail, refuse } from '../errors.ts'
import { bulkRows, handle, type Handler, type Transaction } from '../operation.ts'
import { recordHandlers } from '../records.ts'
import { location } from '../locations/model.ts'
import { certificationKind, crewRole, skill } from '../organization/model.ts'
import { copyMission, partsOf } from '../planning/duplicate-handlers.ts'
import { milestone, mission, need, project } from '../planning/model.ts'
import { missionTemplate } from './model.ts'
import * as operations from './operations.ts'

type Catalogue = typeof crewRole | typeof skill | typeof certificationKind

/** Of these rows of a catalogue, those that are still in it. */
async function standing(tx: Transaction, of: Catalogue, ids: readonly Id[]): Promise<ReadonlySet<Id>> {
  const rows: { id: Id }[] = ids.length === 0 ? [] : await tx.getMany(of, [...new Set(ids)])
  return new Set(rows.map((row) => row.id))
}

/** What a template wants of people exists in the catalogues (lists of ids have no foreign key). */
async function checkWanted(tx: Transaction, _: Id | null, values: Record<string, unknown>): Promise<void> {
  const needs = missionTemplate.fields.needs.schema.safeParse(values['needs'])
  if (!needs.success) return
  const asked = [
    [crewRole, needs.data.map((one) => one.crew_role_id)], [skill, needs.data.flatMap((one) => one.skill_ids)], [certificationKind, needs.data.flatMap((one) => one.certification_kind_ids)],
  ] as const
  for (const [of, ids] of asked) {
    const found = await standing(tx, of, ids)
    for (const id of ids) if (!found.has(id)) throw refuse('validation.reference', detail('needs', 'not_found', of.name, id))
  }
}

export const templateHandlers: readonly Handler[] = [
  ...recordHandlers(missionTemplate, operations.missionTemplates, { sort: ['name'], check: checkWanted }),
  handle(operations.templateFromMission, async (tx, { mission_id, name }) => {
    const from = await tx.need(mission, mission_id)
    const start = toLocal(from.start_at, from.zone)
    const row = await tx.insert(missionTemplate, 'template', {
      name, title: from.title, kind: from.kind, objective: from.objective, location_id: from.location_id, tags: from.tags,
      start_time: start.time, duration_minutes: Math.max(15, Math.round((toMs(from.end_at) - toMs(from.start_at)) / MINUTE)),
      needs: (await tx.find(need, { mission_id }, { sort: ['created_at'] }))
        .map(({ crew_role_id, head_count, skill_ids, certification_kind_ids }) => ({ crew_role_id, head_count, skill_ids, certification_kind_ids })),
      milestones: (await tx.find(milestone, { mission_id }, { sort: ['at'] }))
        .map(({ label, at }) => ({ label, after_minutes: Math.max(0, Math.round((toMs(at) - toMs(from.start_at)) / MINUTE)) })),
    })
    return { id: row.id, version: row.version }
  }),
  handle(operations.createFromTemplate, async (tx, input) => {
    const template = await tx.need(missionTemplate, input.template_id)
    const home = await tx.need(project, input.project_id)
    // A place that is asked for must be there; the template's own may have been taken away since.
    const place = input.location_id ? await tx.need(location, input.location_id) : input.location_id === undefined && template.location_id ? await tx.get(location, template.location_id) : null
    const zone = input.zone ?? place?.zone ?? home.zone
    const roles = await standing(tx, crewRole, template.needs.map((one) => one.crew_role_id))
    const needs = template.needs.filter((one) => roles.has(one.crew_role_id)).length
    const rows = input.dates.length * (1 + needs + template.milestones.length)
    if (rows > bulkRows) throw refuse('validation.invalid', detail('dates', 'too_many_rows', String(bulkRows), String(rows)))
    const series_id = input.dates.length > 1 ? tx.id('series') : null
    const ids: string[] = []
    for (const date of input.dates) {
      const start_at = fromLocal(date, template.start_time, zone)
      const made = await tx.insert(mission, `on:${date}`, {
        project_id: home.id, title: input.title ?? template.title, kind: template.kind, objective: template.objective, location_id: place?.id ?? null, day_code: input.day_code ?? null,
        start_at, end_at: fromMs(toMs(start_at) + template.duration_minutes * MINUTE), zone, tags: template.tags, series_id,
      })
      const inside = { project_id: home.id, mission_id: made.id }
      // What was taken out of the catalogues since is not asked for.
      for (const [index, wanted] of template.needs.entries()) if (roles.has(wanted.crew_role_id)) await tx.insert(need, `on:${date}:need:${index}`, { ...inside, ...wanted })
      for (const [index, { label, after_minutes }] of template.milestones.entries())
        await tx.insert(milestone, `on:${date}:milestone:${index}`, { ...inside, label, at: fromMs(toMs(start_at) + after_minutes * MINUTE) })
      ids.push(made.id)
    }
    return { ids }
  }),
  handle(operations.repeatMission, async (tx, { id, dates, ...wanted }) => {
    const source = await tx.need(mission, id)
    const parts = await partsOf(tx, source, wanted)
    const rows = dates.length * (1 + parts.needs.length + parts.cues.length + parts.people.length)
    if (rows > bulkRows) throw refuse('validation.invalid', detail('dates', 'too_many_rows', String(bulkRows), String(rows)))
    const series_id = source.series_id ?? tx.id('series')
    if (source.series_id === null) await tx.update(mission, id, { series_id })
    const from = Date.parse(localDateOf(source.start_at, source.zone))
    const ids: string[] = []
    for (const date of dates) {
      const days = Math.round((Date.parse(date) - from) / DAY)
      if (days === 0) throw refuse('validation.invalid', detail('dates', 'repeated', null, date))
      ids.push((await copyMission(tx, { ...source, series_id }, parts, days, null, (row) => `on:${date}:${row}`)).id)
    }
    return { ids }
  }),
]
