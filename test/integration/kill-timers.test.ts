import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyChain } from '../../shared/store/audit-chain.ts'
import { openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { drawFrom } from '../fixtures/draw.ts'
import { openEngaged } from '../fixtures/engaged.ts'

const SEED = 'clock killed'
const TIMES = 8
const FROM = '2026-10-20T08:00:00.000Z'
const TO = '2026-10-25T00:00:00.000Z'
const child = fileURLToPath(new URL('../fixtures/clock-child.ts', import.meta.url))
let folder: string
let template: string
let env: NodeJS.ProcessEnv
/** What a clock that nobody kills makes of it. */
let whole: Awaited<ReturnType<typeof effects>>

/** Everything that the clock did, in no order. */
async function effects({ file: { readEngine } }: TestOrganization) {
  const list = async (sql: string): Promise<string[]> => (await readEngine.all(sql, [])).map((row) => Object.values(row).join(' ')).toSorted()
  return {
    commands: await list("SELECT name, id FROM command_log WHERE actor_kind = 'system'"),
    acceptances: await list('SELECT id, state, asked_at, channel FROM acceptance'),
    requests: await list('SELECT id, state FROM availability_request'),
    reminders: await list('SELECT kind, subject_id, anchor, bucket, level FROM reminder'),
    notifications: await list('SELECT key, type, state FROM notification'),
    contracts: await list('SELECT c.generation_key, c.reference, l.assignment_id FROM contract c JOIN contract_assignment l ON l.contract_id = c.id'),
  }
}

function run(at: string, delay: number | null): Promise<{ finished: boolean; turns: number; errors: string }> {
  return new Promise((resolve, reject) => {
    const worker = spawn(process.execPath, [child, at, SEED, FROM, TO], { stdio: ['ignore', 'pipe', 'pipe'], env })
    let said = ''
    let errors = ''
    let timer: NodeJS.Timeout | null = null
    worker.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')))
    worker.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      if (delay !== null && timer === null && said.includes('ready')) timer = setTimeout(() => worker.kill('SIGKILL'), delay)
    })
    worker.on('error', reject)
    worker.on('close', () => {
      if (timer) clearTimeout(timer)
      resolve({ finished: said.includes('finished'), turns: said.split('\n').length, errors })
    })
  })
}
async function copied(name: string): Promise<string> {
  const at = join(folder, name)
  mkdirSync(at)
  copyFileSync(template, join(at, basename(template)))
  return Promise.resolve(at)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-clock-'))
  env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }
  const first = join(folder, 'template')
  mkdirSync(first)
  const world = await openEngaged({ seed: SEED, folder: first })
  world.at('2026-10-16T08:00:00.000Z')
  for (const [who, person] of world.people.entries())
    for (const mission of world.missions) await world.propose(await world.ready(person, mission, [6 + who, 16]), who % 2 === 0 ? '2026-10-22T08:00:00.000Z' : '2026-10-24T05:00:00.000Z', world.planner)
  // Each of another kind of work, and with a yes: a contract is made for each.
  const [{ id: crew_role_id } = { id: '' }] = await world.rows('SELECT id FROM crew_role LIMIT 1')
  for (const [who, engagement_kind] of ['cddu_technician', 'cddu_artist', 'freelance', 'agency'].entries()) {
    const id = await world.plan(world.people[who] ?? '', world.missions[2], [71 - who, 72], { crew_role_id: String(crew_role_id), rate_card_id: world.card, engagement_kind })
    await world.app.ask('assignment.accept_by_voice', { id, source: 'hand', reason: 'au téléphone' })
  }
  await world.app.ask('availability.request', { collaborator_ids: world.people, windows: [{ start_at: '2026-11-26T08:00:00.000Z', end_at: '2026-11-26T18:00:00.000Z' }], zone: 'Europe/Paris', deadline_at: '2026-10-21T08:00:00.000Z', channel: 'hand' })
  template = world.app.path
  await world.close()
  const at = await copied('whole')
  expect(await run(at, null)).toMatchObject({ finished: true, errors: '' })
  const app = await openTestOrganization({ seed: SEED, folder: at, found: false })
  whole = await effects(app)
  await app.close()
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))

describe('a clock that is killed', () => {
  it('has something to do', () => {
    expect(whole.commands.length).toBeGreaterThan(20)
    for (const list of Object.values(whole)) expect(list.length).toBeGreaterThan(0)
  })

  it(`${TIMES} times between any two writes: what it had to do is done, nothing twice, nothing lost`, async () => {
    const draw = drawFrom(77)
    let amid = 0
    async function one(index: number): Promise<void> {
      const at = await copied(`run-${index}`)
      // Killed again and again, then left alone.
      for (let kills = 0; kills < 3; kills++) {
        const { finished, turns, errors } = await run(at, draw.below(120))
        expect(errors).toBe('')
        if (!finished && turns > 1) amid++
      }
      expect(await run(at, null)).toMatchObject({ finished: true, errors: '' })
      const app = await openTestOrganization({ seed: SEED, folder: at, found: false })
      try {
        expect(await effects(app)).toEqual(whole)
        expect(await verifyChain(app.file.engine, app.org)).toMatchObject({ whole: true })
        expect(await app.file.engine.all('PRAGMA integrity_check', [])).toEqual([{ integrity_check: 'ok' }])
      } finally {
        await app.close()
        rmSync(at, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
      }
    }
    for (let start = 0; start < TIMES; start += 2) await Promise.all([one(start), one(start + 1)])
    console.log(`killed ${amid} times amid its work`)
    expect(amid).toBeGreaterThan(TIMES / 2)
  }, 180_000)
})
