import { join } from 'node:path'
import { openTestOrganization } from '../fixtures/core.ts'
import { figures, median, quantile, sum, timed, type Figures } from './measure.ts'
import { replayOf } from './replay.ts'

const window = { start_at: '2026-10-24T11:30:00.000Z', end_at: '2026-10-25T05:00:00.000Z' }
const project = { code: 'NDP', name: 'Les Nuits du Phare', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-10-30T00:00:00.000Z' }

/** One command as a person gives it: making a mission. Ours and the reference take turns, fifty at a time. */
export async function benchCommand(folder: string): Promise<Figures> {
  const app = await openTestOrganization({ folder, seed: 'bench-command' })
  const home = await app.ask('project.create', project)
  const place = await app.ask('location.create', { name: 'Grande Halle du Port', zone: 'Europe/Paris' })
  const one = (index: number) => app.ask('mission.create', { project_id: home['id'], location_id: place['id'], title: `Raccords et balances ${index}`, day_code: 'J3', kind: 'show', ...window })
  for (let warm = 0; warm < 200; warm++) await one(warm)
  const replay = await replayOf(app.file.engine, app.path, join(folder, 'raw-command.sqlite'))
  const ours: number[] = []
  const raw: number[] = []
  for (let batch = 0; batch < 20; batch++) {
    for (let index = 0; index < 50; index++) ours.push((await timed(() => one(1000 + batch * 50 + index)))[0])
    raw.push(...(await replay.catchUp()))
  }
  replay.close()
  await app.close()
  const p99 = quantile(ours, 0.99)
  return figures('command', 'ms', median(ours), median(raw), { ratio: 6 }, `${p99 > 10 ? 'MISSED ' : ''}p99 ${p99.toFixed(2)} ms (under 10), raw p99 ${quantile(raw, 0.99).toFixed(2)} ms`)
}

/** 10,000 assignments in commands of 500. */
export async function benchImport(folder: string): Promise<Figures> {
  const app = await openTestOrganization({ folder, seed: 'bench-import' })
  const about = await app.ask('organization.get', {})
  const roles = Array.isArray(about['crew_roles']) ? about['crew_roles'].map((role: { id: string }) => role.id) : []
  const home = await app.ask('project.create', project)
  const missions = (await app.ask('mission.create_many', { project_id: home['id'], missions: Array.from({ length: 100 }, (_, index) => ({ title: `Jour ${index}`, ...window })) }))['ids']
  const people: unknown[] = []
  for (let chunk = 0; chunk < 4; chunk++) {
    const made = (await app.ask('collaborator.create_many', { people: Array.from({ length: 250 }, (_, index) => ({ display_name: `Personne ${chunk * 250 + index}` })) }))['ids']
    if (Array.isArray(made)) people.push(...made)
  }
  const chunkOf = (chunk: number) => Array.from({ length: 500 }, (_, index) => ({
    mission_id: Array.isArray(missions) ? missions[(chunk * 5 + (index % 5)) % missions.length] : null, collaborator_id: people[(chunk * 500 + index) % people.length],
    crew_role_id: roles[index % roles.length], source: 'import', external_id: `R${chunk * 500 + index}`,
  }))
  const replay = await replayOf(app.file.engine, app.path, join(folder, 'raw-import.sqlite'))
  const ours: number[] = []
  const raw: number[] = []
  for (let chunk = 0; chunk < 20; chunk++) {
    ours.push((await timed(() => app.ask('assignment.create_many', { project_id: home['id'], assignments: chunkOf(chunk) })))[0])
    raw.push(...(await replay.catchUp()))
  }
  replay.close()
  await app.close()
  return figures('import', 'ms', sum(ours), sum(raw), { ratio: 5 }, `10,000 assignments, ${Math.round(10_000 / (sum(ours) / 1000))} a second`)
}
