/** From a commit, or a question that waits to be told, to rows in people's inboxes: what the rules say, with the rows and the people of now. */
import { assignment, project } from '../domain/planning/model.ts'
import { acceptance, reminder } from '../domain/engagement/model.ts'
import { notification, type NotificationType } from '../domain/notifications/model.ts'
import { isWorthTelling, keyOfQuestion, keyOfTold, toldOf, type CommittedWrite, type Recipient, type Told, type ToldRows } from '../domain/notifications/rules.ts'
import type { Reader, Transaction } from '../domain/operation.ts'
import { languages, member, organization, roleBinding } from '../domain/organization/model.ts'
import { contract, contractAssignment, contractVersion } from '../domain/contracts/model.ts'
import { collaborator } from '../domain/people/model.ts'
import { planNotice, planPublication } from '../domain/publication/model.ts'
import { readinessRequest } from '../domain/readiness/model.ts'
import { revision, runSheet } from '../domain/runsheets/model.ts'
import type { Row } from '../domain/entity.ts'
import type { Id } from '../kernel/ids.ts'
import type { Engine } from '../store/engine.ts'

/** What a command wrote, from the audit. */
export async function writesOf(engine: Engine, org: Id, commands: readonly Id[]): Promise<ReadonlyMap<Id, CommittedWrite[]>> {
  const among = engine.dialect === 'sqlite' ? 'SELECT value FROM json_each(?)' : 'SELECT json_array_elements_text(?::json)'
  const rows = await engine.all(`SELECT command_id, entity, entity_id, op, changes FROM audit_event WHERE org_id = ? AND command_id IN (${among}) AND entity IS NOT NULL ORDER BY position`, [org, JSON.stringify(commands)])
  const writes = new Map<Id, CommittedWrite[]>()
  for (const row of rows) {
    const command = String(row['command_id']) as Id
    const write: CommittedWrite = {
      entity: String(row['entity']), id: String(row['entity_id']) as Id, op: String(row['op']) as CommittedWrite['op'], changes: JSON.parse(String(row['changes'] ?? '{}')) as CommittedWrite['changes'],
    }
    const known = writes.get(command)
    if (known) known.push(write)
    else writes.set(command, [write])
  }
  return writes
}

/** Versions out to be signed, of contracts with a person of the directory. */
async function contractsOf(reader: Reader, ids: readonly Id[]): Promise<ToldRows['contracts']> {
  const versions = await reader.getMany(contractVersion, ids)
  if (versions.length === 0) return new Map()
  const contracts = new Map((await reader.getMany(contract, versions.map(({ contract_id }) => contract_id))).map((row) => [row.id, row]))
  const covered = await reader.find(contractAssignment, { contract_id: [...contracts.keys()] })
  const work = (await reader.getMany(assignment, covered.map(({ assignment_id }) => assignment_id))).sort((one, other) => (one.start_at < other.start_at || (one.start_at === other.start_at && one.id < other.id) ? -1 : 1))
  return new Map(versions.flatMap(({ id, contract_id, project_id }) => {
    const collaborator_id = contracts.get(contract_id)?.collaborator_id ?? null
    const under = new Set(covered.flatMap((row) => (row.contract_id === contract_id ? [row.assignment_id] : [])))
    const first = work.find((row) => under.has(row.id))
    return collaborator_id === null ? [] : [[id, { contract_id, project_id, collaborator_id, work: first ? { assignment_id: first.id, mission_id: first.mission_id } : null }] as const]
  }))
}

/** The rows that those writes are about. What is gone is left out. */
async function rowsOf(reader: Reader, writes: readonly CommittedWrite[]): Promise<ToldRows> {
  const ids = (entity: string): Id[] => [...new Set(writes.flatMap((write) => (write.entity === entity && isWorthTelling(write) ? [write.id] : [])))]
  const assignments = await reader.getMany(assignment, ids('assignment'))
  const asked = new Set((await reader.find(acceptance, { assignment_id: assignments.map(({ id }) => id), asked_at: { not: null } })).map(({ assignment_id }) => assignment_id))
  const revisions = await reader.getMany(revision, ids('revision'))
  const sheets = new Map((await reader.getMany(runSheet, revisions.map(({ sheet_id }) => sheet_id))).map((row) => [row.id, row]))
  const archived = new Set(await reader.values(revision, 'sheet_id', { sheet_id: [...sheets.keys()], state: 'archived' }))
  const notices = await reader.getMany(planNotice, ids('plan_notice'))
  const plans = new Map((await reader.getMany(planPublication, [...new Set(notices.map(({ publication_id }) => publication_id))])).map((row) => [row.id, row.number]))
  const reminders = await reader.getMany(reminder, ids('reminder'))
  const reminded = new Map((await reader.getMany(assignment, [...new Set(reminders.map(({ assignment_id }) => assignment_id))])).map((row) => [row.id, row.collaborator_id]))
  const byId = <R extends { id: Id }>(rows: readonly R[]): ReadonlyMap<string, R> => new Map(rows.map((row) => [row.id, row]))
  return {
    assignments: byId(assignments.map((row) => ({ ...row, was_asked: asked.has(row.id) }))),
    acceptances: byId((await reader.getMany(acceptance, ids('acceptance'))).map((row) => ({
      ...row, by_hand: row.source === 'hand' || row.source === 'paper', with_conditions: row.conditions !== null, late_why: row.late?.why ?? null,
    }))),
    revisions: byId(revisions.flatMap((row) => {
      const sheet = sheets.get(row.sheet_id)
      return sheet ? [{ id: row.id, project_id: row.project_id, sheet_id: row.sheet_id, number: row.number, lead_mission_id: sheet.lead_mission_id, is_revised: archived.has(row.sheet_id), recipients: (row.recipients ?? []).map(({ collaborator_id }) => collaborator_id) }] : []
    })),
    notices: byId(notices.map((row) => ({ ...row, number: plans.get(row.publication_id) ?? 1 }))),
    reminders: byId(reminders.flatMap((row) => {
      const collaborator_id = reminded.get(row.assignment_id)
      return collaborator_id ? [{ ...row, collaborator_id, subject_id: row.subject_id as Id }] : []
    })),
    contracts: await contractsOf(reader, ids('contract_version')),
    readiness: byId((await reader.getMany(readinessRequest, ids('readiness_request'))).filter(({ acknowledged_at }) => acknowledged_at === null)),
  }
}

interface Account {
  member_id: Id
  user_id: Id
  collaborator_id: Id | null
}
/** Members and what they hold, for who is told. */
interface Standing {
  accounts: readonly Account[]
  production(project: Id): readonly Account[]
  direction: readonly Account[]
}
async function standingOf(reader: Reader): Promise<Standing> {
  const accounts = (await reader.find(member, { status: 'active' }, { sort: ['id'] })).map(({ id, user_id, collaborator_id }) => ({ member_id: id, user_id, collaborator_id }))
  const bindings = await reader.find(roleBinding, {})
  const holding = (roles: readonly string[], project: Id | null): Account[] => {
    const held = new Set(bindings.filter((one) => roles.includes(one.role) && (one.binding_project_id === null || one.binding_project_id === project)).map(({ member_id }) => member_id))
    return accounts.filter(({ member_id }) => held.has(member_id))
  }
  const direction = holding(['project_manager', 'org_admin', 'org_owner'], null)
  return {
    accounts, direction,
    production(project) {
      const those = holding(['planner', 'project_manager'], project)
      return those.length > 0 ? those : direction
    },
  }
}

/** Whoever is linked to a person of the directory is told as that person. */
interface Addressee {
  collaborator_id: Id | null
  member_id: Id | null
  has_inbox: boolean
}
const ofAccount = ({ member_id, collaborator_id }: Account): Addressee => (collaborator_id === null ? { collaborator_id, member_id, has_inbox: true } : { collaborator_id, member_id: null, has_inbox: true })

function addressees(to: Recipient, { accounts, production, direction }: Standing): Addressee[] {
  if (to.kind === 'person') return [{ collaborator_id: to.id, member_id: null, has_inbox: accounts.some(({ collaborator_id }) => collaborator_id === to.id) }]
  if (to.kind === 'direction') return direction.map(ofAccount)
  const all = production(to.project_id)
  const asker = all.filter(({ user_id }) => user_id === to.asker)
  return (asker.length > 0 ? asker : all).map(ofAccount)
}

type Language = (typeof languages)[number]
async function localesOf(reader: Reader, people: readonly Id[]): Promise<(id: Id | null) => Language> {
  const [own] = await reader.find(organization, {})
  const usual = own?.default_language ?? 'fr'
  const known = new Map((await reader.getMany(collaborator, people)).map((row) => [row.id, languages.find((one) => row.languages.find((said) => languages.some((language) => said.toLowerCase().startsWith(language)))?.toLowerCase().startsWith(one))]))
  return (id) => (id === null ? usual : (known.get(id) ?? usual))
}

async function write(tx: Transaction, told: readonly (Omit<Told, 'to' | 'version'> & { key: string; one: Addressee })[]): Promise<{ ids: Id[] }> {
  const byKey = new Map(told.map((one) => [one.key, one]))
  for (const { key } of await tx.find(notification, { key: [...byKey.keys()] })) byKey.delete(key)
  const locale = await localesOf(tx, [...byKey.values()].flatMap(({ one }) => (one.collaborator_id === null ? [] : [one.collaborator_id])))
  const rows = await tx.insertMany(notification, [...byKey.values()].map(({ type, refs, figures, key, one }) => ({
    label: key,
    // In the inbox, being committed is being delivered. Without one it goes on by mail, or by hand.
    values: { collaborator_id: one.collaborator_id, member_id: one.member_id, type, refs: [...refs], figures: { ...figures }, key, locale: locale(one.collaborator_id), state: one.has_inbox ? ('delivered' as const) : ('prepared' as const) },
  })))
  return { ids: rows.map(({ id }) => id) }
}

/** Who committed it is not told of it. */
export async function tellOfCommand(tx: Transaction, engine: Engine, org: Id, command: Id): Promise<{ ids: Id[] }> {
  const writes = (await writesOf(engine, org, [command])).get(command) ?? []
  const [logged] = await engine.all('SELECT actor FROM command_log WHERE org_id = ? AND id = ?', [org, command])
  const told = toldOf(writes, await rowsOf(tx, writes), command)
  const standing = await standingOf(tx)
  const author = standing.accounts.find(({ user_id }) => user_id === logged?.['actor'])
  const active = new Set<string>(await tx.values(project, 'id', { status: 'active' }))
  return write(tx, told.flatMap(({ to, version, ...rest }) => {
    const of = rest.refs.find(({ entity }) => entity === 'project')
    if (of && !active.has(of.id)) return []
    return addressees(to, standing).flatMap((one) => {
      const isAuthor = author && (one.member_id === author.member_id || (one.collaborator_id !== null && one.collaborator_id === author.collaborator_id))
      return isAuthor ? [] : [{ ...rest, one, key: keyOfTold({ ...rest, version }, one.collaborator_id ?? one.member_id ?? '') }]
    })
  }))
}

export const questionKeyOf = ({ id, collaborator_id, round }: Pick<Row<typeof acceptance>, 'id' | 'collaborator_id' | 'round'>): string => keyOfQuestion(id, collaborator_id, round)

/** The question of a draft, to the person it is for. Told already, or a draft no more: nobody is told anything. */
export async function tellOfQuestion(tx: Transaction, id: Id): Promise<{ ids: Id[] }> {
  const asked = await tx.need(acceptance, id)
  if (asked.state !== 'draft') return { ids: [] }
  const row = await tx.need(assignment, asked.assignment_id)
  const type: NotificationType = row.reconfirm_since === null ? 'assignment_proposed' : 'assignment_updated'
  const refs = [{ entity: 'assignment', id: row.id }, { entity: 'mission', id: row.mission_id }, { entity: 'project', id: row.project_id }, { entity: 'acceptance', id }]
  const [one] = addressees({ kind: 'person', id: asked.collaborator_id }, await standingOf(tx))
  return one ? write(tx, [{ type, refs, figures: type === 'assignment_updated' ? { change: 'terms' } : {}, key: questionKeyOf(asked), one }]) : { ids: [] }
}
