/** Who is kept past their day, and what holds them. Holds are counted over all work of the organization: of a project not the asker's only the day is told. */
import type { Row } from '../domain/entity.ts'
import { crewRole, department } from '../domain/organization/model.ts'
import { listRetention, type RetentionLine } from '../domain/people/directory-operations.ts'
import { collaborator, collaboratorRole } from '../domain/people/model.ts'
import { holdsOf, SOON_DAYS, standingOf, waysOutOf } from '../domain/people/retention.ts'
import { assignment } from '../domain/planning/model.ts'
import type { Reader } from '../domain/operation.ts'
import { addDays, localDateOf, type LocalDate } from '../kernel/instants.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'
import { pageOfRows } from './listed-rows.ts'

async function departmentsOf(reader: Reader, people: readonly Row<typeof collaborator>[]): Promise<Map<string, string>> {
  const held = Map.groupBy(await reader.find(collaboratorRole, { collaborator_id: people.map(({ id }) => id) }, { sort: ['-is_main', 'created_at'] }), (row) => row.collaborator_id)
  const roles = new Map((await reader.find(crewRole, {})).map((row) => [row.id, row]))
  const codes = new Map((await reader.find(department, {})).map((row) => [row.id, row.code]))
  return new Map(people.flatMap(({ id }) => {
    const main = held.get(id)?.[0]
    const home = main ? roles.get(main.crew_role_id)?.department_id : null
    const code = home ? codes.get(home) : undefined
    return code ? [[id, code] as const] : []
  }))
}

async function linesOf(reader: Reader, all: Reader): Promise<RetentionLine[]> {
  const today = localDateOf(reader.call.now, 'UTC')
  const people = await reader.find(collaborator, { retain_until: { lte: addDays(today, SOON_DAYS) } })
  const work = Map.groupBy(await all.find(assignment, { collaborator_id: people.map(({ id }) => id), state: { not: 'canceled' } }), (row) => row.collaborator_id)
  const codes = await departmentsOf(reader, people)
  return people.flatMap((person) => {
    const own = work.get(person.id) ?? []
    const holds = holdsOf(own, today)
    const standing = person.retain_until === null ? null : standingOf(person.retain_until, holds, today)
    if (standing === null || person.retain_until === null) return []
    const last = own.reduce<LocalDate | null>((latest, { end_at }) => {
      const day = localDateOf(end_at, 'UTC')
      return latest === null || day > latest ? day : latest
    }, null)
    const { id, version, display_name, kind, status, retain_until } = person
    return [{ id, version, display_name, kind, status, retain_until, department_code: codes.get(id) ?? null, standing, holds, held_until: holds.at(-1)?.until ?? null, ways_out: standing === 'soon' ? [] : waysOutOf(holds), last_work: last }]
  })
}

const text = (one: string | null, other: string | null): number => (one === other ? 0 : one === null ? 1 : other === null ? -1 : one.localeCompare(other, 'fr', { numeric: true, sensitivity: 'base' }))

export const retentionHandlers: readonly CoreHandler[] = [
  coreHandler(listRetention, async (reader, input, { all }) => pageOfRows({
    rows: await linesOf(reader, all),
    sort: ['retain_until', 'display_name'],
    words: (row) => row.display_name,
    cell: (row, column) => {
      if (column === 'hold') return row.holds.map(({ reason }) => reason)
      return column === 'standing' || column === 'status' || column === 'kind' || column === 'retain_until' || column === 'id' ? row[column] : null
    },
    compare: {
      retain_until: (a, b) => text(a.retain_until, b.retain_until), display_name: (a, b) => text(a.display_name, b.display_name),
      last_work: (a, b) => text(a.last_work, b.last_work), held_until: (a, b) => text(a.held_until, b.held_until),
    },
  }, input)),
]
