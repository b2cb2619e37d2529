import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCore } from '../../../main/host/core-client.ts'

const cli = fileURLToPath(new URL('../../../main/cli/callboard.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'callboard-cli-'))
const data = join(folder, 'data')
const owner = { email: 'lea.marchand@example.org', password: 'une longue phrase' }

interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

function callboard(args: string[], environment: Record<string, string> = { CALLBOARD_PASSWORD: owner.password }, input = ''): Ran {
  const inherited = { ...process.env }
  delete inherited['CALLBOARD_PASSWORD']
  const ran = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', env: { ...inherited, CALLBOARD_DATA: data, ...environment }, input, maxBuffer: 64 * 1024 * 1024 })
  return { code: ran.status, stdout: ran.stdout, stderr: ran.stderr }
}

const asOwner = ['--as', owner.email]
const errorOf = (ran: Ran): { code: string } => JSON.parse(ran.stderr).error

describe('callboard in a terminal', () => {
  beforeAll(async () => {
    const core = await startCore({ dataDir: data, appVersion: '0.0.0', device: 'cli', worker: new URL('../../../main/host/worker.ts', import.meta.url) })
    const ask = (name: string, input: unknown): Promise<string> => core.call({ client: 'test', name, input })
    await ask('app.first_run', { name: 'Léa Marchand', ...owner, language: 'fr', theme: 'light' })
    await ask('organization.create', { name: 'Théâtre du Port', kind: 'theatre', language: 'fr', zone: 'Europe/Paris', currency: 'EUR' })
    await core.close()
  })
  afterAll(() => rmSync(folder, { recursive: true, maxRetries: 5, retryDelay: 200 }))

  it('asks an operation with its input from a file and prints the answer as JSON', () => {
    const file = join(folder, 'input.json')
    writeFileSync(file, '{}')
    const ran = callboard(['call', 'project.list', '--input', file, ...asOwner])
    expect(ran.stderr).toBe('')
    expect(ran.code).toBe(0)
    expect(JSON.parse(ran.stdout)).toHaveProperty('items')
  })

  it('takes the password from stdin where the environment has none', () => {
    expect(callboard(['call', 'project.list', ...asOwner], {}, `${owner.password}\n`).code).toBe(0)
  })

  it('says the code of a refusal on stderr and ends with 1', () => {
    const ran = callboard(['call', 'mission.get', '--input', '-', ...asOwner], undefined, '{"id":"nothing"}')
    expect(ran.code).toBe(1)
    expect(ran.stdout).toBe('')
    expect(errorOf(ran).code).toBe('validation.invalid')
    expect(errorOf(callboard(['call', 'project.list', ...asOwner], { CALLBOARD_PASSWORD: 'wrong' })).code).toBe('auth.failed')
    expect(errorOf(callboard(['call', 'project.list'])).code).toBe('auth.required')
  })

  it('makes the demonstration of the app itself: with what is still to decide between two people', () => {
    const own = join(folder, 'demo')
    const made = callboard(['demo', '--json', '--data', own], {})
    expect(made.stderr).toBe('')
    const { organization, sign_in } = JSON.parse(made.stdout)
    const kept = callboard(['call', 'sync.kept_list', '--org', organization.id, '--data', own, '--as', sign_in.email], { CALLBOARD_PASSWORD: sign_in.password })
    expect(JSON.parse(kept.stdout).items).toMatchObject([{ outcome: 'conflict', about: { title: 'J4 Montage scène B' } }])
  }, 60_000)

  it('does no more than its scope', () => {
    const scoped = [...asOwner, '--scope', 'project:read']
    expect(callboard(['call', 'project.list', ...scoped]).code).toBe(0)
    expect(errorOf(callboard(['call', 'member.list', ...scoped])).code).toBe('auth.scope')
  })

  it('ends with 2 and a hint when the command is wrong', () => {
    for (const args of [['sing'], ['call'], ['call', 'project.list', '--nope'], ['call', 'project.list', '--input', '/does/not/exist'], ['web', '--port', 'x'], ['call', 'project.list', '--scope', 'project:read']]) {
      const ran = callboard(args)
      expect({ args, code: ran.code }).toEqual({ args, code: 2 })
      expect(ran.stderr).toContain('callboard help')
    }
  })

  it('exports the whole organization and proves its audit log', () => {
    const exported: { file: string } = JSON.parse(callboard(['export', ...asOwner]).stdout)
    expect(existsSync(exported.file)).toBe(true)
    expect(JSON.parse(callboard(['verify-audit', ...asOwner]).stdout)).toMatchObject({ whole: true })
  })

  it('refuses a folder that another Callboard has open', async () => {
    const core = await startCore({ dataDir: data, appVersion: '0.0.0', device: 'cli', worker: new URL('../../../main/host/worker.ts', import.meta.url) })
    try {
      const ran = callboard(['call', 'app.state'])
      expect(ran.code).toBe(1)
      expect(errorOf(ran).code).toBe('host.data_folder_in_use')
    } finally {
      await core.close()
    }
  })

  it('describes every operation without opening any data', () => {
    const ran = callboard(['operations'], { CALLBOARD_DATA: '/proc/nowhere' })
    expect(ran.code).toBe(0)
    const names: string[] = JSON.parse(ran.stdout).operations.map(({ name }: { name: string }) => name)
    expect(names).toContain('mission.create')
    expect(names).toContain('app.state')
  })
})
