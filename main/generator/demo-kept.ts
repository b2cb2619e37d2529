/**
 * Two people of the demonstration changed the same mission while one of them was away from the network: what Léa entered is kept until she
 * decides. It is decided by the core as on a server, so that nothing of it is only painted.
 */
import { z } from 'zod'
import type { ReceivedCommand } from '../../shared/core/settle.ts'
import type { OrganizationCore } from '../../shared/core/organization-core.ts'
import type { Session } from '../../shared/core/session.ts'
import { canonicalJson, type Json } from '../../shared/kernel/hashing.ts'
import { deriveId, isId, type Id } from '../../shared/kernel/ids.ts'
import { fromMs, isInstant, MINUTE, toMs, type Instant } from '../../shared/kernel/instants.ts'
import { createAsking } from './asking.ts'

const id = z.custom<Id>(isId)
const instant = z.custom<Instant>(isInstant)
const Found = z.object({ items: z.array(z.looseObject({ id, title: z.string().optional(), display_name: z.string().optional() })) })
const MissionRow = z.looseObject({ version: z.int(), start_at: instant, end_at: instant, zone: z.string(), priority: z.int(), updated_at: instant })

const objective = {
  base: 'Scène B montée sur le parvis, accès par le quai B',
  mine: 'Scène B et passerelle montées sur le parvis, accès par le quai B',
  theirs: 'Scène B montée sur le parvis, accès par le quai B, un camion à la fois',
}

export async function leaveKeptConflict(core: Pick<OrganizationCore, 'execute' | 'settle' | 'org'>, session: Session): Promise<void> {
  const lea = createAsking(core, session, 'demo kept')
  const one = async (name: string, input: unknown) => Found.parse(await lea.ask(name, input)).items[0]
  const mission = Found.parse(await lea.ask('mission.list', { limit: 100 })).items.find(({ title }) => title === 'Montage scène B')
  const ines = await one('collaborator.list', { search: 'Inès Morvan', limit: 1 })
  if (!mission || !ines) throw new Error('the demonstration has a scene B and its stage manager')
  const user_id = deriveId(core.org, 'demo colleague')
  await lea.ask('member.add', { user_id, name: 'Inès Morvan', email: 'ines@example.org', collaborator_id: ines.id, role: 'project_manager', project_id: null })
  const first = MissionRow.parse(await lea.ask('mission.get', { id: mission.id }))
  await lea.ask('mission.update', { id: mission.id, version: first.version, changes: { objective: objective.base } })
  const seen = MissionRow.parse(await lea.ask('mission.get', { id: mission.id }))
  const later = (minutes: number): Instant => fromMs(toMs(seen.end_at) + minutes * MINUTE)
  await createAsking(core, { user_id, device: 'ines-laptop', scope: null }, 'demo colleague').ask('mission.update', {
    id: mission.id, version: seen.version, changes: { end_at: later(60), objective: objective.theirs, lead_collaborator_id: ines.id },
  })
  const changes = { end_at: later(-30), objective: objective.mine, priority: 3 }
  const cell = (base: Json, mine: Json) => ({ base, mine, from: null })
  const command = deriveId(core.org, 'demo kept command')
  const sent: ReceivedCommand = {
    id: command, name: 'mission.update', v: 1, input: { id: mission.id, version: seen.version, changes }, seed: command, after: [], issued_at: seen.updated_at, group_id: null, correlation_id: command,
    record: { rows: [{
      entity: 'mission', id: mission.id, op: 'update',
      fields: {
        start_at: cell(seen.start_at, seen.start_at), end_at: cell(seen.end_at, changes.end_at), zone: cell(seen.zone, seen.zone), objective: cell(objective.base, objective.mine), priority: cell(seen.priority, changes.priority),
      },
    }] },
  }
  const decided = await core.settle(sent, { ...session, device: 'lea-laptop' })
  if (decided.outcome !== 'conflict') throw new Error(`the demonstration has a change to decide about, and it was ${canonicalJson(decided)}`)
}
