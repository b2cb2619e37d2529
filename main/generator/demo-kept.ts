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

type Changes = Record<string, Json>
type Core = Pick<OrganizationCore, 'execute' | 'settle' | 'org'>

export async function leaveKeptConflict(core: Core, session: Session): Promise<void> {
  const lea = createAsking(core, session, 'demo kept')
  const [ines] = Found.parse(await lea.ask('collaborator.list', { search: 'Inès Morvan', limit: 1 })).items
  const missions = Found.parse(await lea.ask('mission.list', { limit: 100 })).items
  const [sceneB, back] = ['Montage scène B', 'Retour du matériel'].map((title) => missions.find((one) => one.title === title))
  if (!sceneB || !back || !ines) throw new Error('the demonstration has a scene B, its return and its stage manager')
  const user_id = deriveId(core.org, 'demo colleague')
  await lea.ask('member.add', { user_id, name: 'Inès Morvan', email: 'ines@example.org', collaborator_id: ines.id, role: 'project_manager', project_id: null })
  const colleague = createAsking(core, { user_id, device: 'ines-laptop', scope: null }, 'demo colleague')

  /** Inès changes the mission; what Léa entered meanwhile, on what she had seen, arrives after it. */
  async function bothChange(mission: Id, theirs: Changes, mine: Changes, wanted: 'conflict' | 'applied'): Promise<void> {
    const seen = MissionRow.parse(await lea.ask('mission.get', { id: mission }))
    await colleague.ask('mission.update', { id: mission, version: seen.version, changes: theirs })
    const command = deriveId(core.org, `demo command ${mission}`)
    // A window is compared whole.
    const entered = 'end_at' in mine ? { start_at: seen.start_at, zone: seen.zone, ...mine } : mine
    const before = z.record(z.string(), z.json()).parse(seen)
    const sent: ReceivedCommand = {
      id: command, name: 'mission.update', v: 1, input: { id: mission, version: seen.version, changes: mine }, seed: command, after: [], issued_at: seen.updated_at, group_id: null, correlation_id: command,
      record: { rows: [{ entity: 'mission', id: mission, op: 'update', fields: Object.fromEntries(Object.entries(entered).map(([name, value]) => [name, { base: before[name] ?? null, mine: value, from: null }])) }] },
    }
    const decided = await core.settle(sent, { ...session, device: 'lea-laptop' })
    if (decided.outcome !== wanted) throw new Error(`the demonstration has a change that is ${wanted}, and it was ${canonicalJson(decided)}`)
  }

  const first = MissionRow.parse(await lea.ask('mission.get', { id: sceneB.id }))
  await lea.ask('mission.update', { id: sceneB.id, version: first.version, changes: { objective: objective.base } })
  const later = (minutes: number): Instant => fromMs(toMs(first.end_at) + minutes * MINUTE)
  await bothChange(sceneB.id, { end_at: later(60), objective: objective.theirs, lead_collaborator_id: ines.id }, { end_at: later(-30), objective: objective.mine, priority: 3 }, 'conflict')
  await bothChange(back.id, { lead_collaborator_id: ines.id }, { objective: 'Pointage du matériel au hangar avant 14 h' }, 'applied')
}
