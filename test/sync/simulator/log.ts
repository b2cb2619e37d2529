/** What a laptop holds of the log: the server's lines as they stand there, within its person's sight, and none left out of what was told. */
import { auditSight } from '../../../shared/core/audit-sight.ts'
import { LawBroken, type Evidence, type ReplicaEvidence } from './evidence.ts'
import { org, sessionOf, userOf } from './world.ts'

interface Line {
  id: string
  position: number
  hash: string
  actor: string
  entity_id: string | null
  project_id: string | null
}
const LINES = 'SELECT id, position, hash, actor, entity_id, project_id FROM audit_event WHERE org_id = ? AND command_id IS NOT NULL ORDER BY position'

export async function judgeLog(evidence: Evidence): Promise<void> {
  // Lines that a restored server lost stay where they were told: nobody can say there what they were worth.
  if (evidence.restored) return
  const all = evidence.server.database.prepare<[string], Line>(LINES).all(org)
  const byId = new Map(all.map((line) => [line.id, line]))
  for (const replica of evidence.replicas) if (replica.signed_in) await judgeOne(evidence, replica, all, byId)
}

async function judgeOne({ server }: Evidence, { database, device, user }: ReplicaEvidence, all: readonly Line[], byId: ReadonlyMap<string, Line>): Promise<void> {
  const where = `${device} of ${user}`
  const held = database.prepare<[string], Line>(LINES).all(org)
  for (const line of held) if (byId.get(line.id)?.hash !== line.hash) throw new LawBroken('the log of a laptop says what the server’s says', `${line.id} at ${line.position} on ${where}`)
  const viewer = await server.core.viewer(sessionOf(user, device))
  const sight = viewer ? auditSight(viewer.person) : undefined
  // What they did themselves they may know, whatever became of their rights.
  const within = ({ actor, entity_id, project_id }: Line): boolean =>
    actor === user || sight === null || (sight !== undefined && ((sight.record !== null && entity_id === sight.record) || (project_id !== null && sight.projects.includes(project_id))))
  const beyond = held.find((line) => !within(line))
  if (beyond) throw new LawBroken('a laptop holds no line of the log beyond its person’s sight', `${beyond.id} at ${beyond.position} on ${where}`)
  // Of the owner, who always read all of it.
  const [first] = held
  if (user !== userOf('owner') || !first) return
  const present = new Set(held.map(({ id }) => id))
  const missing = all.find(({ id, position }) => position > first.position && !present.has(id))
  if (missing) throw new LawBroken('a laptop leaves out no line of the log that its person reads', `${missing.id} at ${missing.position} on ${where}`)
}
