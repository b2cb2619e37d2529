/** Which labour rules there are, and one person's hours: read over all projects, since a week has as many hours whoever asks. */
import { detail, refuse } from '../domain/errors.ts'
import { organization } from '../domain/organization/model.ts'
import { engagementKinds } from '../domain/engagement/rules.ts'
import type { Reader } from '../domain/operation.ts'
import { collaborator } from '../domain/people/model.ts'
import { annexes, hoursOf, monthsBefore, WEEKS_AFTER, WEEKS_BEFORE, type WorkRow } from '../domain/planning/hours.ts'
import { assignment, mission, project } from '../domain/planning/model.ts'
import { agreements, openPoints, ruleBookOf, ruleCodes, ruleOn, rulePacks } from '../domain/planning/rule-packs.ts'
import { listRulePacks, workingTimeOf } from '../domain/planning/working-time-operations.ts'
import { takesTime } from '../domain/planning/worked.ts'
import type { Id } from '../kernel/ids.ts'
import { addDays, fromLocal, isPlannableDate, localDateOf, type LocalDate } from '../kernel/instants.ts'
import { personAssignmentOf } from './conflict-source.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'

const homeZone = async (reader: Reader): Promise<string> => (await reader.find(organization, {}))[0]?.default_zone ?? 'UTC'

/** What would hold that day in a project for each kind of engagement. */
function holdingOf(agreement: string | null, on: LocalDate) {
  return engagementKinds.map((engagement_kind) => {
    const book = ruleBookOf(rulePacks, { agreement, engagement_kind })
    const rules = ruleCodes.flatMap((code) => {
      const found = ruleOn(book, code, on)
      return found ? [{ code, pack_id: found.pack_id, is_default: found.is_default }] : []
    })
    return { engagement_kind, pack_id: rules.find((rule) => !rule.is_default)?.pack_id ?? null, rules }
  })
}

/** Work of a person that may count around a date: a year and a half back, so that every week shown has the weeks before it. */
async function rowsAround(all: Reader, collaborator_id: Id, on: LocalDate, zone: string): Promise<WorkRow[]> {
  const from = addDays(monthsBefore(on, annexes.months), -7 * WEEKS_BEFORE * 2)
  const rows = await all.find(assignment, {
    collaborator_id, state: { not: 'canceled' }, end_at: { gt: fromLocal(from, '00:00', zone) }, start_at: { lt: fromLocal(addDays(on, 7 * (WEEKS_AFTER + 2)), '00:00', zone) },
  })
  const missions = new Map((await all.getMany(mission, [...new Set(rows.map((row) => row.mission_id))])).map((row) => [row.id as string, row]))
  const agreementOf = new Map((await all.getMany(project, [...new Set(rows.map((row) => row.project_id))])).map((row) => [row.id as string, row.agreement]))
  return rows.flatMap((row) => {
    const on = missions.get(row.mission_id)
    if (!on || on.status === 'canceled' || !takesTime(row)) return []
    return [{ ...personAssignmentOf(row, on, agreementOf.get(row.project_id) ?? null, undefined), paid_by_cachet: row.rate_basis === 'cachet', cachets: row.cachets }]
  })
}

export const workingTimeHandlers: readonly CoreHandler[] = [
  coreHandler(listRulePacks, async (reader, { project_id }) => {
    const of = project_id === undefined ? null : await reader.need(project, project_id)
    const on = localDateOf(reader.call.now, of?.zone ?? (await homeZone(reader)))
    return {
      on,
      packs: rulePacks.map((pack) => ({ ...pack, in_force: pack.valid_from <= on && (pack.valid_to === null || on <= pack.valid_to) })),
      agreements: agreements.map(({ code, title }) => ({ code, title, packs: rulePacks.filter((pack) => pack.agreement === code).map((pack) => pack.id) })),
      open_points: openPoints,
      project: of && { agreement: of.agreement, holding: holdingOf(of.agreement, on) },
    }
  }),
  coreHandler(workingTimeOf, async (reader, input, { all }) => {
    await reader.need(collaborator, input.collaborator_id)
    const zone = await homeZone(all)
    const on = input.on ?? localDateOf(reader.call.now, zone)
    if (!isPlannableDate(on)) throw refuse('validation.invalid', detail('on', 'date', null, on))
    return { on, ...hoursOf(await rowsAround(all, input.collaborator_id, on, zone), on, rulePacks) }
  }),
]
