/** What records are called where a command about them is shown, and where they stand in time; of what the reader's person sees only. */
import type { AnyEntity } from '../domain/entity.ts'
import type { Reader } from '../domain/operation.ts'
import { collaborator } from '../domain/people/model.ts'
import { assignment, mission, project } from '../domain/planning/model.ts'
import { revision, runSheet } from '../domain/runsheets/model.ts'
import { entities } from '../domain/registry.ts'
import type { Id } from '../kernel/ids.ts'
import { isInstant, type Instant } from '../kernel/instants.ts'
import { isId } from '../kernel/id-form.ts'
import { keyOf } from '../store/write-set.ts'
import { projectIdOf } from './lens.ts'

type Loose = Readonly<Record<string, unknown>>

export interface RowRef {
  entity: string
  id: string
}
export interface Titled {
  row: Loose
  title: string | null
  project_id: Id | null
  starts_at: Instant | null
  /** Zone of its times. */
  zone: string | null
}

export const keyOfRow = ({ entity, id }: RowRef): string => keyOf(entity, id)

const textOf = (row: Loose, column: string): string | null => (typeof row[column] === 'string' ? row[column] : null)

/** Columns that name a record, the first that it has. */
function plainTitle(entity: AnyEntity, row: Loose): string | null {
  for (const column of [...entity.search, 'name', 'label', 'title', 'text']) {
    const found = textOf(row, column)
    if (found !== null) return found
  }
  return null
}

/** Rows of several entities, removed ones included, by `entity/id`. */
export async function rowsNamed(reader: Reader, refs: readonly RowRef[]): Promise<Map<string, Loose>> {
  const wanted = new Map<string, Set<string>>()
  for (const { entity, id } of refs) if (isId(id)) wanted.set(entity, (wanted.get(entity) ?? new Set()).add(id))
  const found = new Map<string, Loose>()
  for (const [name, ids] of wanted) {
    const entity = entities.get(name)
    if (!entity) continue
    const rows: Loose[] = await reader.find(entity, { id: [...ids] }, { removed: true })
    for (const row of rows) found.set(keyOfRow({ entity: name, id: String(row['id']) }), row)
  }
  return found
}

/** Of rows as they stand, or (of rows that were never made) of the values they would have had. */
export async function titlesOf(reader: Reader, rows: readonly { entity: string; row: Loose }[]): Promise<Map<string, Titled>> {
  const ids = (column: string): Id[] => [...new Set(rows.map(({ row }) => row[column]).filter((value): value is Id => isId(value)))]
  const people = new Map((await reader.getMany(collaborator, ids('collaborator_id'))).map((one) => [one.id as string, one.display_name]))
  const missions = new Map((await reader.getMany(mission, ids('mission_id'))).map((one) => [one.id as string, one]))
  const revisions = new Map((await reader.getMany(revision, ids('revision_id'))).map((one) => [one.id as string, one]))
  const sheetIds = [...new Set([...ids('sheet_id'), ...[...revisions.values()].map((one) => one.sheet_id)])]
  const sheets = new Map((await reader.getMany(runSheet, sheetIds)).map((one) => [one.id as string, one]))
  const projects = new Map((await reader.getMany(project, ids('project_id'))).map((one) => [one.id as string, one]))
  const found = new Map<string, Titled>()
  for (const { entity: name, row } of rows) {
    const entity = entities.get(name)
    if (!entity) continue
    const on = missions.get(String(row['mission_id']))
    const where = on ? (on.day_code ?? on.title) : null
    const sheet = sheets.get(String(revisions.get(String(row['revision_id']))?.sheet_id ?? row['sheet_id']))
    const sheetTitle = sheet ? plainTitle(runSheet, sheet) : null
    const own = name === mission.name ? [textOf(row, 'day_code'), textOf(row, 'title')].filter(Boolean).join(' ')
      : name === assignment.name ? (people.get(String(row['collaborator_id'])) ?? null) : plainTitle(entity, row) ?? people.get(String(row['collaborator_id'])) ?? null
    const around = where ?? sheetTitle
    const start = row['start_at'] ?? on?.start_at
    found.set(keyOfRow({ entity: name, id: String(row['id']) }), {
      row, title: own !== null && around !== null ? `${own} — ${around}` : (own ?? around), project_id: projectIdOf(entity, row) as Id | null, starts_at: isInstant(start) ? start : null,
      zone: textOf(row, 'zone') ?? on?.zone ?? projects.get(String(row['project_id']))?.zone ?? null,
    })
  }
  return found
}
