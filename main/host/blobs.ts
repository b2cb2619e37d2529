/** Attachments beside the database, each under the name of its content, on disk before any row names it. */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const MAX_BLOB_BYTES = 100 * 1024 * 1024

const pathOf = (folder: string, sha256: string): string => join(folder, sha256.slice(0, 2), sha256)

export function putBlob(folder: string, bytes: Uint8Array): { sha256: string; size: number } {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const target = pathOf(folder, sha256)
  if (!existsSync(target)) {
    mkdirSync(dirname(target), { recursive: true })
    const draft = `${target}.part-${process.pid}`
    const handle = openSync(draft, 'w')
    try {
      writeSync(handle, bytes)
      fsyncSync(handle)
    } catch (error) {
      rmSync(draft, { force: true })
      throw error
    } finally {
      closeSync(handle)
    }
    renameSync(draft, target)
  }
  return { sha256, size: bytes.byteLength }
}

export function readBlob(folder: string, sha256: string): Uint8Array | null {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return null
  const path = pathOf(folder, sha256)
  return existsSync(path) ? readFileSync(path) : null
}

/** Removes files that nothing names and that are older than `before` (ms): one just uploaded has no row yet. Answers how many. */
export function clearBlobs(folder: string, named: ReadonlySet<string>, before: number): number {
  if (!existsSync(folder)) return 0
  let cleared = 0
  for (const part of readdirSync(folder))
    for (const name of readdirSync(join(folder, part))) {
      const path = join(folder, part, name)
      if (named.has(name) || statSync(path).mtimeMs >= before) continue
      rmSync(path, { force: true })
      cleared++
    }
  return cleared
}
