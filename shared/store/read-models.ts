/** Lists that show names beside ids: SQL views, one query a page. Derived values live here, never stored in other rows (sync rule 26). */
import type { AnyEntity, Storage } from '../domain/entity.ts'
import { entityNamed } from '../domain/registry.ts'
import { codecOf, columnsOf, type Codec, type Column } from './schema.ts'

export interface ReadModel {
  name: string
  /** Its rows are seen and redacted as rows of this entity. */
  base: AnyEntity
  codec: Codec
  sql: string
}

function readModel(name: string, base: AnyEntity, added: Record<string, [storage: Storage, expression: string]>, joins: string): ReadModel {
  const columns: Column[] = Object.entries(added).map(([column, [storage]]) => ({ name: column, storage, nullable: true }))
  const own = columnsOf(base).map((column) => `t.${column.name}`)
  const extra = Object.entries(added).map(([column, [, expression]]) => `${expression} AS ${column}`)
  return {
    name, base, codec: codecOf([...columnsOf(base), ...columns]),
    sql: `CREATE VIEW ${name} AS SELECT ${[...own, ...extra].join(', ')} FROM ${base.name} t ${joins};`,
  }
}

const join = (table: string, alias: string, column: string): string => `LEFT JOIN ${table} ${alias} ON ${alias}.org_id = t.org_id AND ${alias}.id = t.${column}`

/** People of a mission who fill one of its needs, in these states (decision P4). */
const onNeeds = (states: string): string =>
  `(SELECT COALESCE(SUM(a.quantity), 0) FROM assignment a WHERE a.org_id = t.org_id AND a.mission_id = t.id AND a.deleted_at IS NULL AND a.state IN (${states}) AND EXISTS (SELECT 1 FROM need n WHERE n.org_id = t.org_id AND n.mission_id = t.id AND n.deleted_at IS NULL AND (n.id = a.need_id OR (a.need_id IS NULL AND n.crew_role_id = a.crew_role_id))))`

export const readModels: ReadonlyMap<string, ReadModel> = new Map(
  [
    readModel('assignment_line', entityNamed('assignment'), {
      collaborator_name: ['text', 'c.display_name'],
      crew_role_name: ['text', 'r.name'],
      crew_role_name_en: ['text', 'r.name_en'],
      department_id: ['text', 'r.department_id'],
      department_code: ['text', 'd.code'],
      mission_title: ['text', 'm.title'],
      mission_day_code: ['text', 'm.day_code'],
      mission_zone: ['text', 'm.zone'],
      location_id: ['text', 'm.location_id'],
    }, [
      join('collaborator', 'c', 'collaborator_id'), join('crew_role', 'r', 'crew_role_id'),
      'LEFT JOIN department d ON d.org_id = t.org_id AND d.id = r.department_id', join('mission', 'm', 'mission_id'),
    ].join(' ')),
    readModel('acceptance_line', entityNamed('acceptance'), {
      assignment_state: ['text', 'a.state'],
      reconfirm_since: ['text', 'a.reconfirm_since'],
      engagement_kind: ['text', 'a.engagement_kind'],
      start_at: ['text', 'a.start_at'],
      end_at: ['text', 'a.end_at'],
      collaborator_name: ['text', 'c.display_name'],
      crew_role_id: ['text', 'a.crew_role_id'],
      crew_role_name: ['text', 'r.name'],
      crew_role_name_en: ['text', 'r.name_en'],
      department_code: ['text', 'd.code'],
      mission_title: ['text', 'm.title'],
      mission_day_code: ['text', 'm.day_code'],
      mission_zone: ['text', 'm.zone'],
      project_name: ['text', 'p.name'],
      asked_by_name: ['text', '(SELECT b.name FROM member b WHERE b.org_id = t.org_id AND b.user_id = t.created_by ORDER BY b.created_at DESC, b.id LIMIT 1)'],
      answered_late: ['boolean', 'CASE WHEN t.late IS NULL THEN 0 ELSE 1 END'],
    }, [
      join('assignment', 'a', 'assignment_id'), join('collaborator', 'c', 'collaborator_id'), join('mission', 'm', 'mission_id'), join('project', 'p', 'project_id'),
      'LEFT JOIN crew_role r ON r.org_id = t.org_id AND r.id = a.crew_role_id', 'LEFT JOIN department d ON d.org_id = t.org_id AND d.id = r.department_id',
    ].join(' ')),
    readModel('mission_line', entityNamed('mission'), {
      location_name: ['text', 'l.name'],
      project_name: ['text', 'p.name'],
      head_count: ['integer', `(SELECT COALESCE(SUM(n.head_count), 0) FROM need n WHERE n.org_id = t.org_id AND n.mission_id = t.id AND n.deleted_at IS NULL)`],
      assigned_count: ['integer', `(SELECT COUNT(*) FROM assignment a WHERE a.org_id = t.org_id AND a.mission_id = t.id AND a.deleted_at IS NULL AND a.state <> 'canceled')`],
      filled_count: ['integer', onNeeds(`'accepted', 'confirmed', 'executed', 'closed'`)],
      held_count: ['integer', onNeeds(`'planned', 'proposed'`)],
      /** When the first person is expected; without anybody, when the mission starts. */
      first_call_at: ['text', `COALESCE((SELECT MIN(COALESCE(a.call_at, a.start_at)) FROM assignment a WHERE a.org_id = t.org_id AND a.mission_id = t.id AND a.deleted_at IS NULL AND a.state <> 'canceled'), t.start_at)`],
      sheet_id: ['text', 'k.sheet_id'],
      sheet_published_number: ['integer', 'v.number'],
      sheet_next_number: ['integer', 'w.number'],
      sheet_next_state: ['text', 'w.state'],
    }, [
      join('location', 'l', 'location_id'), join('project', 'p', 'project_id'),
      'LEFT JOIN sheet_cover k ON k.org_id = t.org_id AND k.covered_mission_id = t.id AND k.deleted_at IS NULL',
      `LEFT JOIN revision v ON v.org_id = t.org_id AND v.sheet_id = k.sheet_id AND v.deleted_at IS NULL AND v.state = 'published'`,
      `LEFT JOIN revision w ON w.org_id = t.org_id AND w.sheet_id = k.sheet_id AND w.deleted_at IS NULL AND w.state IN ('draft', 'validated')`,
    ].join(' ')),
    readModel('collaborator_line', entityNamed('collaborator'), {
      crew_role_id: ['text', 'k.crew_role_id'],
      crew_role_name: ['text', 'r.name'],
      crew_role_name_en: ['text', 'r.name_en'],
      department_id: ['text', 'r.department_id'],
      department_code: ['text', 'd.code'],
    }, [
      `LEFT JOIN collaborator_role k ON k.org_id = t.org_id AND k.id = (SELECT x.id FROM collaborator_role x WHERE x.org_id = t.org_id AND x.collaborator_id = t.id AND x.deleted_at IS NULL ORDER BY x.is_main DESC, x.created_at, x.id LIMIT 1)`,
      'LEFT JOIN crew_role r ON r.org_id = t.org_id AND r.id = k.crew_role_id',
      'LEFT JOIN department d ON d.org_id = t.org_id AND d.id = r.department_id',
    ].join(' ')),
    readModel('project_line', entityNamed('project'), {
      mission_count: ['integer', '(SELECT COUNT(*) FROM mission m WHERE m.org_id = t.org_id AND m.project_id = t.id AND m.deleted_at IS NULL)'],
    }, ''),
    readModel('location_line', entityNamed('location'), {
      parent_name: ['text', 'l.name'],
      /** Names from the venue down: sorted by it, each place stands under the one it is in. */
      path: ['text', `COALESCE(v.name || ' / ', '') || COALESCE(l.name || ' / ', '') || t.name`],
      depth: ['integer', 'CASE WHEN l.id IS NULL THEN 0 WHEN v.id IS NULL THEN 1 ELSE 2 END'],
    }, `${join('location', 'l', 'parent_id')} LEFT JOIN location v ON v.org_id = l.org_id AND v.id = l.parent_id`),
    readModel('run_sheet_line', entityNamed('run_sheet'), {
      project_name: ['text', 'p.name'],
      project_code: ['text', 'p.code'],
      lead_mission_title: ['text', 'm.title'],
      lead_mission_code: ['text', 'm.day_code'],
      zone: ['text', 'm.zone'],
      start_at: ['text', 'm.start_at'],
      location_id: ['text', 'l.id'],
      location_name: ['text', 'l.name'],
      published_revision_id: ['text', 'c.id'],
      published_number: ['integer', 'c.number'],
      published_at: ['text', 'c.published_at'],
      /** Kept when the member has gone since. */
      published_by_name: ['text', '(SELECT b.name FROM member b WHERE b.org_id = t.org_id AND b.user_id = c.published_by ORDER BY b.created_at DESC, b.id LIMIT 1)'],
      content_hash: ['text', 'c.content_hash'],
      next_revision_id: ['text', 'w.id'],
      next_number: ['integer', 'w.number'],
      next_state: ['text', 'w.state'],
      /** What is current: the published version, else the one in work, else nothing but archives. */
      status: ['text', `COALESCE(c.state, w.state, 'archived')`],
      mission_count: ['integer', '(SELECT COUNT(*) FROM sheet_cover k WHERE k.org_id = t.org_id AND k.sheet_id = t.id AND k.deleted_at IS NULL)'],
      people_count: ['integer', `(SELECT COALESCE(SUM(a.quantity), 0) FROM sheet_cover k JOIN assignment a ON a.org_id = k.org_id AND a.mission_id = k.covered_mission_id AND a.deleted_at IS NULL AND a.state <> 'canceled' WHERE k.org_id = t.org_id AND k.sheet_id = t.id AND k.deleted_at IS NULL)`],
      version_count: ['integer', `(SELECT COUNT(*) FROM revision v WHERE v.org_id = t.org_id AND v.sheet_id = t.id AND v.deleted_at IS NULL AND v.state IN ('published', 'archived'))`],
    }, [
      join('project', 'p', 'project_id'), join('mission', 'm', 'lead_mission_id'),
      `LEFT JOIN revision c ON c.org_id = t.org_id AND c.sheet_id = t.id AND c.deleted_at IS NULL AND c.state = 'published'`,
      `LEFT JOIN revision w ON w.org_id = t.org_id AND w.sheet_id = t.id AND w.deleted_at IS NULL AND w.state IN ('draft', 'validated')`,
      'LEFT JOIN location l ON l.org_id = t.org_id AND l.id = COALESCE(w.sheet_location_id, c.sheet_location_id, m.location_id)',
    ].join(' ')),
  ].map((model) => [model.name, model]),
)
