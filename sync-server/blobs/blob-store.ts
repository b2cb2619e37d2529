/**
 * Attached files, named by their content. Parts are gathered apart, per sender; only what is whole and has the digest of its name gets the
 * name, on disk before anybody is told. The name of a file is checked before it becomes a path.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { detail, refuse } from '../../shared/domain/errors.ts'
import { sha256 } from '../../shared/kernel/hashing.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { DAY, type Instant } from '../../shared/kernel/instants.ts'
import { fromDisk, fromSystem, type Engine } from '../../shared/store/engine.ts'
import type { Storage } from '../storage/storage.ts'

/** As on a device. */
export const MAX_BLOB_BYTES = 100 * 1024 * 1024
const NAME = /^[0-9a-f]{64}$/
const ABANDONED_MS = 7 * DAY

export interface BlobPart {
  /** Place of the first byte. */
  offset: number
  /** Of the whole file. */
  size: number
}

export interface BlobStore {
  isName(sha256: string): boolean
  size(org: Id, sha256: string): Promise<number | null>
  /** Bytes of an unfinished upload of this sender. */
  received(org: Id, sha256: string, sender: string): Promise<number>
  /** Adds a part; answers how many bytes are here. Refuses `attachment.offset`, `attachment.digest`, `throttling.too_large`, `storage.quota`. */
  put(org: Id, sha256: string, sender: string, part: BlobPart, bytes: AsyncIterable<Uint8Array>, quota: number | null, now: Instant): Promise<{ received: number; whole: boolean }>
  read(org: Id, sha256: string, from: number, to: number): NodeJS.ReadableStream
  usage(org: Id): Promise<{ blobs: number; bytes: number }>
  /** Removes uploads nobody went on with for a week. */
  prune(orgs: readonly Id[], now: number): Promise<void>
}

export function openBlobStore(storage: Storage): BlobStore {
  const engine: Engine = storage.accounts
  const fileOf = (org: Id, name: string): string => join(storage.blobFolder(org), name.slice(0, 2), name)
  const partsOf = (org: Id): string => join(storage.blobFolder(org), 'parts')
  const partOf = (org: Id, name: string, sender: string): string => join(partsOf(org), `${name}.${sha256(sender).slice(0, 16)}`)
  const sizeOf = async (file: string): Promise<number | null> => stat(file).then(({ size }) => size, (error: unknown) => {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw fromSystem(error)
  })
  /** One upload of a file by one sender at a time. */
  const busy = new Set<string>()
  const usage = async (org: Id): Promise<{ blobs: number; bytes: number }> => {
    const [row] = await engine.all('SELECT COUNT(*) AS n, COALESCE(SUM(size), 0) AS bytes FROM server_blob WHERE org_id = ?', [org])
    return { blobs: Number(row?.['n'] ?? 0), bytes: Number(row?.['bytes'] ?? 0) }
  }
  async function finish(org: Id, name: string, part: string, size: number, now: Instant): Promise<void> {
    const hash = createHash('sha256')
    for await (const bytes of createReadStream(part)) hash.update(bytes as Buffer)
    if (hash.digest('hex') !== name) {
      await rm(part, { force: true })
      throw refuse('attachment.digest', detail('sha256', 'digest'))
    }
    const target = fileOf(org, name)
    await mkdir(dirname(target), { recursive: true })
    await rename(part, target)
    for (const folder of [dirname(target), storage.blobFolder(org)]) {
      const handle = await open(folder, 'r')
      await handle.sync().finally(() => handle.close())
    }
    await engine.run('INSERT INTO server_blob (org_id, sha256, size, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (org_id, sha256) DO NOTHING', [org, name, size, now])
  }
  return {
    isName: (name) => NAME.test(name),
    size: (org, name) => (NAME.test(name) ? sizeOf(fileOf(org, name)) : Promise.resolve(null)),
    received: async (org, name, sender) => (NAME.test(name) ? ((await sizeOf(partOf(org, name, sender))) ?? 0) : 0),
    async put(org, name, sender, { offset, size }, bytes, quota, now) {
      if (!NAME.test(name)) throw refuse('validation.invalid', detail('sha256', 'pattern'))
      if (size > MAX_BLOB_BYTES) throw refuse('throttling.too_large', detail(null, 'bytes', String(MAX_BLOB_BYTES), String(size)))
      const there = await sizeOf(fileOf(org, name))
      if (there !== null) return { received: there, whole: true }
      if (quota !== null && (await usage(org)).bytes + size > quota) throw refuse('storage.quota', detail(null, 'bytes', String(quota)))
      const part = partOf(org, name, sender)
      if (busy.has(part)) throw refuse('idempotency.in_progress')
      busy.add(part)
      try {
        await mkdir(partsOf(org), { recursive: true })
        const received = offset === 0 ? 0 : ((await sizeOf(part)) ?? 0)
        if (offset !== received) throw refuse('attachment.offset', detail('Content-Range', 'offset', String(received), String(offset)))
        const handle = await open(part, offset === 0 ? 'w' : 'a', 0o600)
        let at = offset
        try {
          for await (const some of bytes) {
            if (at + some.byteLength > size) throw refuse('throttling.too_large', detail(null, 'bytes', String(size)))
            // A disk that is nearly full writes less than it was given, without a word: this goes on until all is written.
            await handle.writeFile(some)
            at += some.byteLength
          }
          await handle.sync()
        } catch (error) {
          throw fromSystem(error)
        } finally {
          await handle.close()
        }
        if (at < size) return { received: at, whole: false }
        await finish(org, name, part, size, now)
        return { received: size, whole: true }
      } catch (error) {
        throw fromDisk(error)
      } finally {
        busy.delete(part)
      }
    },
    read: (org, name, from, to) => createReadStream(fileOf(org, name), { start: from, end: Math.max(from, to) }),
    usage,
    async prune(orgs, now) {
      for (const org of orgs) {
        const folder = partsOf(org)
        for (const name of await readdir(folder).catch(() => [] as string[])) {
          const file = join(folder, name)
          const found = await stat(file).catch(() => null)
          if (found && now - found.mtimeMs > ABANDONED_MS) await rm(file, { force: true })
        }
      }
    },
  }
}
