/** A computer is killed while its person works and it exchanges with its server: what it answered is there, and nothing is half there. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { drawFrom } from '../../fixtures/draw.ts'
import { issue, pushOf, startTestServer, type Signed, type TestServer } from '../../fixtures/sync-server.ts'
import { computerAt, converged, joined, settle, signIn } from './processes.ts'

const TIMES = 3
const child = fileURLToPath(new URL('../../fixtures/exchanging-child.ts', import.meta.url))
let server: TestServer
let app: TestOrganization
let lea: Signed
let folder: string
let user = ''

beforeAll(async () => {
  server = await startTestServer()
  app = await openTestOrganization({ seed: 'computer killed' })
  const { lea: owner, codes } = await settle(server, app, ['karim'])
  lea = owner
  folder = mkdtempSync(join(tmpdir(), 'callboard-killed-computer-'))
  const computer = await joined(folder, 'karim', server.url, codes[0])
  user = readdirSync(join(folder, 'organizations', app.org, 'replicas')).find((name) => name.endsWith('.sqlite'))?.slice(0, -7) ?? ''
  await computer.close()
}, 60_000)
afterAll(async () => {
  await server.stop()
  await app.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

/** Works and exchanges for so many milliseconds, while another's work comes down, then is killed. */
async function workAndDie(run: number, delay: number): Promise<string[]> {
  const worker = spawn(process.execPath, [child, folder, 'karim', String(run)], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'callboard-compiled') } })
  let said = ''
  let errors = ''
  worker.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()))
  const ready = new Promise<void>((resolve, reject) => {
    worker.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString()
      if (said.includes('ready')) resolve()
    })
    worker.on('exit', () => reject(new Error(`it ended by itself: ${errors}`)))
  })
  await ready
  const ended = new Promise<void>((resolve) => worker.on('close', () => resolve()))
  let alive = true
  const others = (async () => {
    for (let n = 0; alive; n++) {
      const reply = await server.ask('POST', `orgs/${app.org}/sync/push`, { token: lea.access, body: pushOf([await issue(app, 'skill.create', { name: `D’ailleurs ${run} ${n}` })], lea.user_id, { [lea.user_id]: lea.access }) })
      expect(reply.status, reply.text).toBe(200)
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  })()
  await new Promise((resolve) => setTimeout(resolve, delay))
  worker.kill('SIGKILL')
  await ended
  alive = false
  await others
  expect(errors).toBe('')
  return said.split('\n').slice(0, -1).filter((line) => line.startsWith('run-')).map((key) => deriveId(user, `call:${app.org}:${key}`))
}
/** Ids in the files of the killed computer, before anything else opens them. */
function found(file: string, sql: string): string[] {
  const database = new Database(join(folder, 'organizations', app.org, file))
  try {
    expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
    return database.prepare(sql).pluck().all().map(String)
  } finally {
    database.close()
  }
}

describe('a computer killed while it exchanges with its server', () => {
  it(`${TIMES} times: every answered command waits or is settled, none is half there, and the view is the server's again`, async () => {
    const draw = drawFrom(1999)
    let waited = 0
    let settled = 0
    const all: string[] = []
    for (let run = 0; run < TIMES; run++) {
      // Long enough for a round to be under way, at another place of it each time.
      const answered = await workAndDie(run, 700 + draw.below(900))
      expect(answered.length).toBeGreaterThan(0)
      const waiting = new Set(found('outbox.sqlite', 'SELECT id FROM outbox_entry WHERE id NOT IN (SELECT id FROM outbox_settled)'))
      const known = new Set(found(join('replicas', `${user}.sqlite`), 'SELECT id FROM command_log'))
      expect(answered.filter((id) => !waiting.has(id) && !known.has(id))).toEqual([])
      waited += answered.filter((id) => waiting.has(id)).length
      settled += answered.filter((id) => !waiting.has(id)).length
      all.push(...waiting, ...answered)

      const computer = await computerAt(folder, 'karim')
      await signIn(computer, 'karim')
      await converged(computer)
      expect((await computer.status()).mine).toMatchObject({ waiting: 0, conflicts: 0, rejected: 0 })
      await computer.close()
      expect(found('outbox.sqlite', 'SELECT id FROM outbox_entry')).toEqual([])
    }
    const decided = new Database(join(server.folder, 'organizations', app.org, 'organization.sqlite'), { readonly: true })
    const outcomes = new Map(decided.prepare('SELECT id, outcome FROM command_log').raw().all().map((row) => z.tuple([z.string(), z.string()]).parse(row)))
    decided.close()
    for (const id of all) expect({ id, outcome: outcomes.get(id) }).toEqual({ id, outcome: 'applied' })
    console.log(`killed ${TIMES} times: ${waited} answered commands were waiting, ${settled} settled`)
    expect(waited).toBeGreaterThan(0)
    expect(settled).toBeGreaterThan(0)
  }, 90_000)
})
