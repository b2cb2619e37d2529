/**
 * The contracts that a yes calls for: those that the authority makes by itself (decision 0011.15), and what is missing still, for reminders.
 * Work that began long ago is left out: an organization that comes with years of it is not told of all of them.
 */
import { builtInTemplate } from '../domain/contracts/templates/built-in.ts'
import { generationKey } from '../domain/contracts/generation.ts'
import { contractAssignment, contractVersion } from '../domain/contracts/model.ts'
import { contractKindOf, type ContractKind } from '../domain/contracts/rules.ts'
import type { DueContract, DueRows } from '../domain/engagement/due.ts'
import { acceptance } from '../domain/engagement/model.ts'
import { anchorOf, missingContract } from '../domain/engagement/reminders.ts'
import { engagementKinds } from '../domain/engagement/rules.ts'
import type { Reader } from '../domain/operation.ts'
import { byId } from '../kernel/grouping.ts'
import type { Id } from '../kernel/ids.ts'
import { DAY, fromMs, toMs, type Instant } from '../kernel/instants.ts'
import type { Engine } from '../store/engine.ts'
import type { project } from '../domain/planning/model.ts'
import type { Row } from '../domain/entity.ts'

/** How long after its beginning work is looked at. */
const RECENT = 31 * DAY
const ENGAGED = ['accepted', 'confirmed', 'executed'] as const
const WITH_CONTRACT = engagementKinds.filter((kind) => contractKindOf(kind) !== null)

type Home = Pick<Row<typeof project>, 'id' | 'zone' | 'document_language'>
/** Accepted work whose contract nobody signed, on the screen or on a copy that is kept. */
interface Engaged {
  id: Id
  project_id: Id
  collaborator_id: Id
  kind: ContractKind
  start_at: Instant
  end_at: Instant
  /** It is under this one, which nobody signed yet; null: under none. */
  contract_id: Id | null
  accepted_at: Instant
  /** The yes it stands on. */
  acceptance_id: Id
}

const listOf = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ')
/** One reading of what may be thousands of rows, after each commit: columns alone, and by the index of their beginning. */
const UNSIGNED = `
  SELECT a.id, a.project_id, a.collaborator_id, a.engagement_kind, a.start_at, a.end_at, l.contract_id
  FROM assignment a LEFT JOIN contract_assignment l ON l.org_id = a.org_id AND l.assignment_id = a.id AND l.deleted_at IS NULL
  WHERE a.org_id = ? AND a.start_at > ? AND a.deleted_at IS NULL AND a.state IN (${listOf(ENGAGED)}) AND a.engagement_kind IN (${listOf(WITH_CONTRACT)})
    AND NOT EXISTS (SELECT 1 FROM contract_version v WHERE v.org_id = l.org_id AND v.contract_id = l.contract_id AND v.signed_at IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM contract_document d WHERE d.org_id = l.org_id AND d.contract_id = l.contract_id AND d.kind = 'signed_copy' AND d.deleted_at IS NULL)
  ORDER BY a.start_at, a.id`

async function engagedOf(reader: Reader, engine: Engine, org: Id, now: Instant, homes: ReadonlyMap<string, Home>): Promise<Engaged[]> {
  const rows = (await engine.all(UNSIGNED, [org, fromMs(toMs(now) - RECENT)])).filter((row) => homes.has(String(row['project_id'])))
  if (rows.length === 0) return []
  const yes = new Map((await reader.pick(acceptance, ['id', 'assignment_id', 'answered_at'], { assignment_id: rows.map((row) => String(row['id'])), state: 'accepted' }, { sort: ['answered_at', 'id'] })).map((row) => [row.assignment_id as string, row]))
  return rows.flatMap((row) => {
    const kind = contractKindOf(String(row['engagement_kind']) as (typeof engagementKinds)[number])
    const given = yes.get(String(row['id']))
    // Answered before such a thing was recorded: nobody knows since when a contract is waited for.
    if (kind === null || given?.answered_at == null) return []
    return [{
      id: String(row['id']) as Id, project_id: String(row['project_id']) as Id, collaborator_id: String(row['collaborator_id']) as Id, kind, start_at: String(row['start_at']) as Instant, end_at: String(row['end_at']) as Instant,
      contract_id: row['contract_id'] === null ? null : (String(row['contract_id']) as Id), accepted_at: given.answered_at, acceptance_id: given.id,
    }]
  })
}

const latest = (instants: readonly Instant[]): Instant => instants.reduce((last, one) => (one > last ? one : last))
const earliest = (instants: readonly Instant[]): Instant => instants.reduce((first, one) => (one < first ? one : first))

/** One contract for each person and kind of a project, as the page of contracts lists them. Of work that is over nobody makes one by a clock. */
async function toMake(reader: Reader, org: Id, waiting: readonly Engaged[], homes: ReadonlyMap<string, Home>, now: Instant): Promise<DueContract[]> {
  const free = waiting.filter(({ contract_id, end_at }) => contract_id === null && end_at > now)
  const former = Map.groupBy(free.length === 0 ? [] : await reader.find(contractAssignment, { assignment_id: free.map(({ id }) => id) }, { removed: true }), ({ assignment_id }) => assignment_id as string)
  const made: DueContract[] = []
  for (const group of Map.groupBy(free, ({ project_id, collaborator_id, kind }) => `${project_id} ${collaborator_id} ${kind}`).values()) {
    const [first] = group
    const home = homes.get(first?.project_id ?? '')
    if (!first || !home) continue
    const links = group.flatMap(({ id }) => former.get(id) ?? [])
    const contracts = [...new Set(links.map(({ contract_id }) => contract_id))]
    const amendment = contracts.length === 0 ? 0 : await reader.count(contractVersion, { contract_id: contracts })
    made.push({
      key: generationKey({ org_id: org, project_id: first.project_id, assignment_ids: group.map(({ id }) => id), template_version_id: builtInTemplate(first.kind, home.document_language).id, amendment, framework_id: null }),
      project_id: first.project_id, assignment_ids: group.map(({ id }) => id),
      // Made void by somebody, who may be about to make another.
      since: latest([...group.map(({ accepted_at }) => accepted_at), ...links.map(({ updated_at }) => updated_at)]),
    })
  }
  return made
}

/** A contract that nobody signed is one thing that is missing, whatever it covers; without any, it is one for each person and kind. */
function missing(waiting: readonly Engaged[], homes: ReadonlyMap<string, Home>): DueRows['missing'] {
  const groups = Map.groupBy(waiting, ({ contract_id, project_id, collaborator_id, kind }) => contract_id ?? `${project_id} ${collaborator_id} ${kind}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    const home = homes.get(first?.project_id ?? '')
    if (!first || !home) return []
    const accepted_at = earliest(group.map((one) => one.accepted_at))
    return [{ ...missingContract({ subject_id: first.contract_id ?? first.acceptance_id, assignment_id: first.id, anchor: anchorOf(first.start_at, home.zone), zone: home.zone, accepted_at }), project_id: first.project_id }]
  })
}

/** `homes`: projects that work is done in. */
export async function dueContracts(reader: Reader, engine: Engine, org: Id, now: Instant, homes: readonly Home[]): Promise<{ contracts: DueContract[]; missing: DueRows['missing'] }> {
  const known = byId(homes)
  const waiting = await engagedOf(reader, engine, org, now, known)
  return { contracts: await toMake(reader, org, waiting, known, now), missing: missing(waiting, known) }
}
