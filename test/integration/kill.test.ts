import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveId } from '../../shared/kernel/ids.ts'
import { entities } from '../../shared/domain/registry.ts'
import { verifyChain } from '../../shared/store/audit-chain.ts'
import { openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { drawFrom } from '../fixtures/draw.ts'
import { buildWorld } from '../fixtures/world.ts'

const SEED = 'killed'
const TIMES = 50
const child = fileURLToPath(new URL('../fixtures/working-child.ts', import.meta.url))
let folder: string
let template: string
/** Compiled once: fifty starts cost less. */
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-kill-'))
  const first = join(folder, 'template')
  mkdirSync(first)
  const app = await openTestOrganization({ seed: SEED, folder: first })
  await buildWorld(app)
  template = app.path
  await app.close()
  env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }
  const warm = join(folder, 'warm')
  mkdirSync(warm)
  spawnSync(process.execPath, [child, warm, 'warm', '0', '0'], { env })
})
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))

interface Killed {
  answered: string[]
  finished: boolean
  errors: string
}

/** Starts a worker on the file and kills it so many milliseconds after its first answer could come. */
function workAndDie(at: string, run: number, delay: number): Promise<Killed> {
  return new Promise((resolve, reject) => {
    const worker = spawn(process.execPath, [child, at, SEED, String(run), '200'], { stdio: ['ignore', 'pipe', 'pipe'], env })
    let said = ''
    let errors = ''
    let timer: NodeJS.Timeout | null = null
    worker.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')))
    worker.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      if (timer === null && said.includes('ready')) timer = setTimeout(() => worker.kill('SIGKILL'), delay)
    })
    worker.on('error', reject)
    worker.on('close', () => {
      if (timer) clearTimeout(timer)
      const lines = said.split('\n').slice(0, -1)
      resolve({ answered: lines.filter((line) => line.startsWith('run-')), finished: lines.includes('finished'), errors })
    })
  })
}

/** Every row is as its last event says, every command has its events and its rows: nothing is half done. */
async function halfDone(app: TestOrganization): Promise<string[]> {
  const { readEngine } = app.file
  const found: string[] = []
  for (const name of entities.keys()) {
    const rows = await readEngine.all(
      `SELECT t.id, t.version, (SELECT max(e.row_version) FROM audit_event e WHERE e.org_id = t.org_id AND e.entity_id = t.id AND e.entity = '${name}') AS told FROM ${name} t WHERE t.org_id = ?`, [app.org])
    for (const row of rows) if (Number(row['version']) !== Number(row['told'])) found.push(`${name} ${String(row['id'])}: version ${String(row['version'])}, log says ${String(row['told'])}`)
  }
  for (const command of await readEngine.all('SELECT id, name, record FROM command_log WHERE org_id = ?', [app.org])) {
    const { rows } = JSON.parse(String(command['record'])) as { rows: { id: string; entity: string }[] }
    const [counted] = await readEngine.all('SELECT count(*) AS events, sum(lead) AS leads FROM audit_event WHERE org_id = ? AND command_id = ?', [app.org, String(command['id'])])
    if (Number(counted?.['events']) !== Math.max(1, rows.length) || Number(counted?.['leads']) !== 1) found.push(`${String(command['name'])}: ${String(counted?.['events'])} events for ${rows.length} rows`)
  }
  return found
}

describe('a process killed in the middle of its work', () => {
  it(`${TIMES} times: the file opens, every answered command is there, none half done, the chain holds, and work goes on`, async () => {
    const draw = drawFrom(2026)
    const runs = Array.from({ length: TIMES }, (_, run) => ({ run, delay: draw.below(450) }))
    let answered = 0
    let killedAmid = 0
    async function one({ run, delay }: { run: number; delay: number }): Promise<void> {
      const at = join(folder, `run-${run}`)
      mkdirSync(at)
      copyFileSync(template, join(at, basename(template)))
      const killed = await workAndDie(at, run, delay)
      const app = await openTestOrganization({ seed: SEED, folder: at, found: false })
      try {
        const known = new Set((await app.file.readEngine.all('SELECT id FROM command_log', [])).map((row) => String(row['id'])))
        const lost = killed.answered.filter((id) => !known.has(deriveId(app.owner.user_id, `call:${app.org}:${id}`)))
        expect({ run, lost, errors: killed.errors }).toEqual({ run, lost: [], errors: '' })
        expect(await verifyChain(app.file.engine, app.org)).toMatchObject({ whole: true })
        expect(await halfDone(app)).toEqual([])
        expect(await app.file.engine.all('PRAGMA integrity_check', [])).toEqual([{ integrity_check: 'ok' }])
        expect(await app.file.engine.all('PRAGMA foreign_key_check', [])).toEqual([])
        await app.ask('skill.create', { name: `Après ${run}` }, app.owner, `after-${run}`)
        answered += killed.answered.length
        if (!killed.finished && killed.answered.length > 0) killedAmid++
      } finally {
        await app.close()
        rmSync(at, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
      }
    }
    for (let start = 0; start < runs.length; start += 2) await Promise.all(runs.slice(start, start + 2).map(one))
    console.log(`killed ${TIMES} times, ${killedAmid} amid work, ${answered} answered commands found again`)
    expect(killedAmid).toBeGreaterThan(TIMES / 2)
    expect(answered).toBeGreaterThan(TIMES)
  }, 120_000)
})
