/** Copies on another disk, believed only once they were read back: a copy of the right size may still be another file. */
import { createHash } from 'node:crypto'
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isBlobName } from './blobs.ts'
import { StoreError } from '../../shared/store/engine.ts'

const PIECE_BYTES = 1024 * 1024

/** SHA-256 of a file in hex, read in pieces: a backup need not fit in memory. */
export function hashOfFile(path: string): string {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  const handle = openSync(path, 'r')
  try {
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) hash.update(piece.subarray(0, read))
  } finally {
    closeSync(handle)
  }
  return hash.digest('hex')
}

/** Copies a file under a passing name, reads it back, then gives it its name. Throws StoreError `failed` when the bytes there are others. */
export function copyWhole(source: string, target: string, sha256: string, check: (draft: string) => void = () => undefined): void {
  const draft = `${target}.part`
  try {
    copyFileSync(source, draft)
    if (hashOfFile(draft) !== sha256) throw new StoreError('failed', 'copy', new Error(`the copy of ${source} was read back otherwise`))
    check(draft)
    renameSync(draft, target)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Copies the attachments that are missing in `to`, each compared with the hash that is its name. One that is damaged here is left out. */
export function copyBlobs(from: string, to: string): number {
  if (!existsSync(from)) return 0
  let copied = 0
  for (const part of readdirSync(from))
    for (const name of readdirSync(join(from, part)).filter(isBlobName)) {
      const [source, target] = [join(from, part, name), join(to, part, name)]
      if (statSync(target, { throwIfNoEntry: false })?.size === statSync(source).size || hashOfFile(source) !== name) continue
      mkdirSync(dirname(target), { recursive: true })
      copyWhole(source, target, name)
      copied += 1
    }
  return copied
}
