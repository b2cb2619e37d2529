/** Attachments through a real host: what is answered is on disk, what a row names is there. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestHost, type TestHost } from '../../fixtures/host.ts'

let app: TestHost
beforeEach(async () => {
  app = await openTestHost()
})
afterEach(() => app.close())

const child = fileURLToPath(new URL('../../fixtures/blob-child.ts', import.meta.url))
const blobs = (): string => join(dirname(app.file), 'blobs')
const pathOf = (hash: string): string => join(blobs(), hash.slice(0, 2), hash)
const filesUnder = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((one) => (one.isFile() ? [one.name] : []))

describe('a file sent', () => {
  it('is refused when the disk takes only a part of it, and nothing bears its name', () => {
    const limited = (size: number): string => spawnSync('bash', ['-c', 'ulimit -f 64; exec "$@"', 'bash', process.execPath, child, blobs(), String(size)], { encoding: 'utf8' }).stdout
    expect(limited(20_000)).toBe('kept 20000')
    expect(limited(200_000)).toBe('refused')
    expect(filesUnder(blobs())).toHaveLength(1)
  })

  it.each([
    ['cut short', (path: string) => truncateSync(path, 3)],
    ['altered without changing its size', (path: string, bytes: Buffer) => writeFileSync(path, Buffer.alloc(bytes.byteLength, 1))],
  ])('is whole again once sent again, when it was %s', async (_, spoil) => {
    const bytes = Buffer.from('plan de feu')
    const { sha256 } = await app.host().putBlob('lea', bytes)
    spoil(pathOf(sha256), bytes)
    expect(await app.host().putBlob('lea', bytes)).toEqual({ sha256, size: bytes.byteLength })
    expect(readFileSync(pathOf(sha256)).equals(bytes)).toBe(true)
  })
})

describe('an attached file', () => {
  it('is given back piece by piece, to who may see it only, and comes back when it was detached', async () => {
    const project = await app.ask('lea', 'project.create', {
      code: 'DIGUE', name: 'Digue', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z', document_language: 'fr',
    })
    const bytes = Buffer.alloc(5 * 1024 * 1024, 'plan')
    const { sha256, size } = await app.host().putBlob('lea', bytes)
    const { id } = await app.ask('lea', 'attachment.add', { project_id: project['id'], entity: 'project', entity_id: project['id'], name: 'plan.bin', type: 'application/octet-stream', size, sha256 })
    const first = await app.ask('lea', 'attachment.read', { id })
    expect(first).toMatchObject({ name: 'plan.bin', size, next_offset: 4 * 1024 * 1024 })
    const second = await app.ask('lea', 'attachment.read', { id, offset: first['next_offset'] })
    expect(second['next_offset']).toBeNull()
    expect(Buffer.concat([first, second].map((piece) => Buffer.from(String(piece['content_base64']), 'base64'))).equals(bytes)).toBe(true)
    await app.addUser('noe')
    await app.signIn('noe', 'noe')
    expect(await app.code('noe', 'attachment.read', { id }, { org: app.org })).toBe('organization.not_found')
    await app.ask('lea', 'attachment.remove', { id })
    expect(await app.code('lea', 'attachment.read', { id })).toBe('record.not_found')
    await app.ask('lea', 'attachment.restore', { id })
    expect(await app.code('lea', 'attachment.read', { id })).toBe('done')
  })
})

describe('a row that names a file', () => {
  it('is refused while the file is not here, whole', async () => {
    const project = await app.ask('lea', 'project.create', {
      code: 'PHARE', name: 'Phare', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z', document_language: 'fr',
    })
    const attached = (sha256: string, size: number): Promise<string> =>
      app.code('lea', 'attachment.add', { project_id: project['id'], entity: 'project', entity_id: project['id'], name: 'plan.pdf', type: 'application/pdf', size, sha256 })
    expect(await attached('f'.repeat(64), 5)).toBe('attachment.not_uploaded')
    const { sha256, size } = await app.host().putBlob('lea', Buffer.from('plan de feu'))
    expect(await attached(sha256, size + 1)).toBe('attachment.not_uploaded')
    expect(await attached('../../../../app.sqlite', size)).toBe('validation.invalid')
    expect(await attached(sha256, size)).toBe('done')
  })

  it('is refused for the logo too', async () => {
    const [about] = (await app.ask('lea', 'organization.get'))['id'] === undefined ? [] : [await app.ask('lea', 'organization.get')]
    const withLogo = (logo_sha256: string): Promise<string> => app.code('lea', 'organization.update', { id: app.org, version: about?.['version'] ?? 1, changes: { logo_sha256 } })
    expect(await withLogo('e'.repeat(64))).toBe('attachment.not_uploaded')
    expect(await withLogo((await app.host().putBlob('lea', Buffer.from('phare.png'))).sha256)).toBe('done')
  })
})
