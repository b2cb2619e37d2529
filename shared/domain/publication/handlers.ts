import type { Id } from '../../kernel/ids.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { answer, handle, type Handler, type Reader } from '../operation.ts'
import { member } from '../organization/model.ts'
import { collaborator } from '../people/model.ts'
import { comparePlans, toldChanges, type PlanChange } from './changes.ts'
import { canceledIn, headsOf, knownBefore, namesOf, personNow, planAt, publishedPlan, saidPlans, toldOf, type PublicationHead } from './material.ts'
import { planHash } from './content-hash.ts'
import { planNotice, planPublication } from './model.ts'
import * as operations from './operations.ts'
import { linesOf, overlaps, ownPlan, type PlanLine, type PlanSnapshot, type Window } from './snapshot.ts'

function checkWindow({ start_at, end_at }: Window): void {
  if (start_at >= end_at) throw refuse('validation.window_reversed', detail('end_at', 'window_reversed', null, `${start_at} / ${end_at}`))
}

const byPerson = (changes: readonly PlanChange[]): ReadonlyMap<string, PlanChange[]> => Map.groupBy(changes, ({ person_id }) => person_id)

interface Coming {
  number: number
  plan: PlanSnapshot
  /** What each person has to be told, since the last plan they were told of. */
  changes: ReadonlyMap<string, PlanChange[]>
}

/** The plan that would be published now, and what it says to whom. */
async function comingPlan(reader: Reader, project_id: Id, window: Window): Promise<Coming> {
  checkWindow(window)
  const published = await saidPlans(reader, project_id)
  const former = published.map(({ said }) => said)
  const plan = await planAt(reader, project_id, window, former)
  const lines = linesOf(plan)
  const known = knownBefore({ ...window, lines }, former, await toldOf(reader, project_id))
  const numbers = [...published.map(({ row }) => row.number), ...(await reader.lostNumbers(planPublication, project_id))]
  return { number: Math.max(0, ...numbers) + 1, plan, changes: byPerson(toldChanges(comparePlans(known, lines, canceledIn(plan)))) }
}

const said = (line: PlanLine | null) =>
  line === null ? null : (({ title, day_code, place, zone, start_at, end_at, call_at, role, role_en, state }) => ({ title, day_code, place, zone, start_at, end_at, call_at, role, role_en, state }))(line)

/** People with what changed for them, by name. */
async function concerned(reader: Reader, changes: ReadonlyMap<string, readonly PlanChange[]>) {
  const names = await namesOf(reader, changes.keys())
  return [...changes]
    .map(([collaborator_id, list]) => ({
      collaborator_id, name: names.get(collaborator_id) ?? '',
      changes: list.map(({ kind, assignment_id, parts, before, after, mission_canceled }) => ({ kind, assignment_id, parts: [...parts], before: said(before), after: said(after), mission_canceled })),
    }))
    .sort((a, b) => (a.name + a.collaborator_id < b.name + b.collaborator_id ? -1 : 1))
}

/** Who reads the whole project reads of everybody; others of themselves. null: everybody. */
const onlyOf = (reader: Reader, project_id: Id): Id | null | 'nobody' => (reader.may('project:read', project_id) ? null : (reader.call.collaborator_id ?? 'nobody'))

/** Who published, by name; the rows without their content. */
async function headersOf(reader: Reader, project_id: Id, rows: readonly PublicationHead[]) {
  const names = new Map((await reader.find(member, {})).map((one): [string, string] => [one.user_id ?? '', one.name]))
  const only = onlyOf(reader, project_id)
  const notices = (await reader.find(planNotice, { project_id })).filter((row) => only === null || row.collaborator_id === only)
  const per = Map.groupBy(notices, (row) => row.publication_id)
  return rows.map(({ id, version, number, start_at, end_at, zone, note, published_at, published_by, content_hash }) => {
    const own = per.get(id) ?? []
    return {
      id, version, number, start_at, end_at, zone, note, published_at, published_by_name: names.get(published_by) ?? null, content_hash,
      concerned: own.length, told: own.filter((row) => row.told_at !== null).length,
    }
  })
}

export const publicationHandlers: readonly Handler[] = [
  handle(operations.publishPlan, async (tx, { project_id, start_at, end_at, note }) => {
    const { number, plan, changes } = await comingPlan(tx, project_id, { start_at, end_at })
    const content_hash = planHash(plan)
    const row = await tx.insert(planPublication, 'publication', {
      project_id, number, start_at, end_at, zone: plan.zone, note: note ?? null, published_at: tx.call.now, published_by: tx.call.actor, content_hash, snapshot: plan,
    })
    for (const [collaborator_id, list] of [...changes].sort(([a], [b]) => (a < b ? -1 : 1)))
      await tx.insert(planNotice, `notice:${collaborator_id}`, { project_id, publication_id: row.id, collaborator_id: collaborator_id as Id, changes: Math.min(list.length, 9999) })
    return { id: row.id, version: row.version, number, content_hash, published_at: row.published_at, concerned: changes.size }
  }),
  answer(operations.previewPublish, async (reader, { project_id, start_at, end_at }) => {
    const { number, plan, changes } = await comingPlan(reader, project_id, { start_at, end_at })
    const people = new Set(plan.lines.map((line) => line.person_id))
    return {
      number, missions: plan.missions.length, assignments: plan.lines.length, unchanged: [...people].filter((id) => !changes.has(id)).length, people: await concerned(reader, changes),
    }
  }),
  handle(operations.markTold, async (tx, { publication_id, collaborator_ids, how }) => {
    const notices = new Map((await tx.find(planNotice, { publication_id, collaborator_id: collaborator_ids })).map((row) => [row.collaborator_id, row]))
    const ids: Id[] = []
    // Whom the plan changed nothing for has nothing to be told; said once is said: the first time counts.
    for (const id of new Set(collaborator_ids)) {
      const row = notices.get(id)
      if (!row) {
        await tx.need(collaborator, id)
        continue
      }
      if (row.told_at === null) await tx.update(planNotice, row.id, { told_at: tx.call.now, told_how: how })
      ids.push(row.id)
    }
    return { ids }
  }),
  handle(operations.acknowledgePlan, async (tx, { publication_id }) => {
    const self = tx.call.collaborator_id
    const [mine] = self === null ? [] : await tx.find(planNotice, { publication_id, collaborator_id: self })
    if (!mine) throw refuse('plan_publication.no_notice', detail('publication_id', 'no_notice', null, publication_id))
    if (mine.acknowledged_at === null) await tx.update(planNotice, mine.id, { acknowledged_at: tx.call.now })
    return { ids: [mine.id] }
  }),
  answer(operations.listPlans, async (reader, { project_id }) => {
    const rows = await headsOf(reader, { project_id }, ['-published_at', '-number'])
    return { items: await headersOf(reader, project_id, rows) }
  }),
  answer(operations.getPlan, async (reader, { id }) => {
    const found = await publishedPlan(reader, id)
    const [header] = found ? await headersOf(reader, found.row.project_id, [found.row]) : []
    if (!found || !header) throw refuseFor('plan_publication', 'not_found', detail('id', 'not_found', null, id))
    const { row, plan } = found
    const only = onlyOf(reader, row.project_id)
    const notices = (await reader.find(planNotice, { publication_id: id })).filter((one) => only === null || one.collaborator_id === only)
    const names = await namesOf(reader, notices.map((one) => one.collaborator_id))
    const now = only === null ? null : await personNow(reader)
    return {
      ...header,
      snapshot: now === null ? plan : ownPlan(plan, new Set(plan.people.flatMap((one) => (now(one.id) === only ? [one.id] : [])))),
      notices: notices
        .map(({ id: notice, version, collaborator_id, changes, told_at, told_how, acknowledged_at }) => ({ id: notice, version, collaborator_id, name: names.get(collaborator_id) ?? '', changes, told_at, told_how, acknowledged_at, mine: collaborator_id === reader.call.collaborator_id }))
        .sort((a, b) => (a.name + a.id < b.name + b.id ? -1 : 1)),
    }
  }),
  answer(operations.planChanges, async (reader, { project_id, publication_id, from_publication_id, collaborator_id }) => {
    const plans = await saidPlans(reader, project_id)
    const find = (id: Id) => {
      const found = plans.find(({ row }) => row.id === id)
      if (!found) throw refuseFor('plan_publication', 'not_found', detail('publication_id', 'not_found', null, id))
      return found
    }
    const to = publication_id === undefined ? plans.at(-1) : find(publication_id)
    if (!to) return { people: [] }
    const former = from_publication_id === undefined ? null : find(from_publication_id).said
    const told = await toldOf(reader, project_id)
    const known = former
      ? knownBefore(to.said, [former], () => true)
      : knownBefore(to.said, plans.slice(0, plans.indexOf(to)).map(({ said: one }) => one), (one, person) => told(one, person, to.row.published_at))
    // Two plans are compared over the time that both speak of.
    const changes = toldChanges(comparePlans(known, to.said.lines, canceledIn(to.plan))).filter(({ kind, after }) => !former || kind !== 'added' || !after || overlaps(after, former))
    const only = onlyOf(reader, project_id)
    const wanted = changes.filter(({ person_id }) => (only === null || person_id === only) && (collaborator_id === undefined || person_id === collaborator_id))
    return { people: await concerned(reader, byPerson(wanted)) }
  }),
]
