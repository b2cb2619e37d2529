/** Computers that follow a server in a process of its own, and small file systems that can be filled. */
import { spawnSync } from 'node:child_process'
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { z } from 'zod'
import { invitationDigest } from '../../../shared/domain/organization/invitation-code.ts'
import { createHost, type Host } from '../../../main/host/host.ts'
import { bring, firstAdministrator, PASSWORD, signed, testDevice, type Signed, type TestServer } from '../../fixtures/sync-server.ts'
import type { TestOrganization } from '../../fixtures/core.ts'
import { PASSWORD as COMPUTER_PASSWORD } from '../../fixtures/sign-in-words.ts'

/** The organization at the server, its owner signed in there, and codes with which so many computers join it. */
export async function settle(server: TestServer, app: TestOrganization, people: readonly string[]): Promise<{ lea: Signed; codes: string[] }> {
  // Invitations end some days after the organization's clock.
  app.at(new Date().toISOString())
  const codes = people.map((_, n) => `K7QM-2XPB-9RT${n + 2}`)
  for (const [n, person] of people.entries())
    await app.ask('invitation.create', { name: person, email: `${person}@example.org`, role: 'org_admin', project_id: null, code_digest: invitationDigest(codes[n] ?? '') })
  const lea = await firstAdministrator(server, app)
  await bring(server, app, lea)
  return { lea, codes }
}
export async function anotherDevice(server: TestServer, id: string): Promise<Signed> {
  const device = testDevice(id)
  return signed(await server.ask('POST', 'auth/login', { body: { email: 'lea@example.org', password: PASSWORD, device: device.identity } }), device)
}

const Status = z.looseObject({ phase: z.string(), mine: z.looseObject({ waiting: z.number() }), attachments: z.object({ up: z.number(), down: z.number() }) })
const Answer = z.union([z.object({ value: z.looseObject({}) }), z.object({ error: z.looseObject({ code: z.string() }) })])

/** A computer with one person, driven through the API of its host. */
export interface Asked {
  /** The answer's value; fails the test when refused. */
  ask(name: string, input?: unknown, id?: string): Promise<Record<string, unknown>>
  /** The code of the refusal, or `done`. */
  code(name: string, input?: unknown, id?: string): Promise<string>
  status(): Promise<z.infer<typeof Status>>
}
/** Of this process, with a person who joined. */
export interface Computer extends Asked {
  host: Host
  folder: string
  close(): Promise<void>
}
/** `call`: answers as the host does, in JSON. */
export function answersOf(call: (name: string, input: unknown, id: string | undefined) => Promise<string>): Asked {
  const send = async (name: string, input: unknown, id: string | undefined) => Answer.parse(JSON.parse(await call(name, input, id)))
  const ask: Asked['ask'] = async (name, input = {}, id) => {
    const answer = await send(name, input, id)
    if ('error' in answer) expect.fail(`${name} was refused: ${JSON.stringify(answer.error)}`)
    return answer.value
  }
  return {
    ask,
    async code(name, input = {}, id) {
      const answer = await send(name, input, id)
      return 'error' in answer ? answer.error.code : 'done'
    },
    status: async () => Status.parse(await ask('sync.status')),
  }
}
export async function computerAt(folder: string, person: string): Promise<Computer> {
  const host = await createHost({ dataDir: folder, appVersion: 'test', device: 'cli' })
  return { host, folder, ...answersOf((name, input, id) => host.call({ client: person, name, input, ...(id === undefined ? {} : { id }) })), close: () => host.close() }
}
export async function joined(folder: string, person: string, url: string, code: string | undefined): Promise<Computer> {
  const computer = await computerAt(folder, person)
  await computer.ask('sync.join', { url, code, name: person, email: `${person}@example.org`, password: COMPUTER_PASSWORD })
  await until(`${person} follows the server`, async () => (await computer.status()).phase === 'synced')
  return computer
}
export const signIn = (computer: Asked, person: string) => computer.ask('app.sign_in', { email: `${person}@example.org`, password: COMPUTER_PASSWORD })

export async function until(what: string, holds: () => Promise<boolean>, ms = 30_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) expect.fail(`in ${ms} ms it did not come to: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
/** All that was sent has its outcome, and every row is the server's. */
export async function allSent(computer: Asked): Promise<void> {
  await computer.ask('sync.now')
  const sent = async (): Promise<boolean> => {
    const { phase, mine } = await computer.status()
    // By itself it would try again later and later: that it does is proved elsewhere.
    if (phase === 'retrying' || phase === 'offline') await computer.ask('sync.now')
    return phase === 'synced' && mine.waiting === 0
  }
  // A busy machine takes its time; where nothing moves, what is said of it is worth reading.
  await until('all is sent', sent, 45_000).catch(async (error: unknown) => {
    expect.fail(`${error instanceof Error ? error.message : String(error)}: ${JSON.stringify({ status: await computer.status(), log: (await computer.ask('sync.log'))['items'] }).slice(0, 4_000)}`)
  })
}
export async function converged(computer: Asked): Promise<void> {
  await allSent(computer)
  let seen: Record<string, unknown> = {}
  await until('a comparison at rest', async () => {
    seen = await computer.ask('sync.verify')
    return seen['comparable'] === true
  })
  expect(seen).toEqual({ comparable: true, differing: [] })
}

export interface SmallDisk {
  folder: string
  fill(): void
  makeRoom(): void
  remove(): void
}
/** A file system of so many megabytes; null where this process may not mount one. */
export function mountSmallDisk(megabytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-disk-'))
  if (process.getuid?.() !== 0 || spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status !== 0) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    return null
  }
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill() {
      const handle = openSync(ballast, 'a')
      try {
        for (const size of [1 << 20, 4096]) for (const bytes = Buffer.alloc(size); ; ) if (!written(handle, bytes)) break
        fsyncSync(handle)
      } finally {
        closeSync(handle)
      }
    },
    makeRoom: () => truncateSync(ballast, 0),
    remove() {
      spawnSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
function written(handle: number, bytes: Uint8Array): boolean {
  try {
    return writeSync(handle, bytes) > 0
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false
    throw error
  }
}