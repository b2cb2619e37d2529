/** Attachments beside the database, each under the name of its content, on disk before any row names it. */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { fromSystem } from '../../shared/store/engine.ts'

export const MAX_BLOB_BYTES = 100 * 1024 * 1024
const CONTENT_HASH = /^[0-9a-f]{64}$/

/** Attachments are named by their content; anything else beside them is a draft. */
export const isBlobName = (name: string): boolean => CONTENT_HASH.test(name)

/** Where a file of this content is, or will be. */
export const pathOf = (folder: string, sha256: string): string => join(folder, sha256.slice(0, 2), sha256)

function syncToDisk(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A file cut short by a full disk or a power cut has the right name only: it is written again. */
const isWhole = (path: string, bytes: Uint8Array): boolean => existsSync(path) && statSync(path).size === bytes.byteLength && readFileSync(path).equals(bytes)

/** Answers once every byte is on disk; throws StoreError (full, read_only) or the system's error, and leaves nothing under the content's name, when they are not. */
export function putBlob(folder: string, bytes: Uint8Array): { sha256: string; size: number } {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const target = pathOf(folder, sha256)
  if (isWhole(target, bytes)) {
    // As young as one just written: upkeep leaves it alone until a row names it.
    const now = new Date()
    utimesSync(target, now, now)
    return { sha256, size: bytes.byteLength }
  }
  mkdirSync(dirname(target), { recursive: true })
  const draft = `${target}.part-${process.pid}`
  try {
    writeFileSync(draft, bytes, { flush: true })
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { force: true })
    throw fromSystem(error)
  }
  for (const parent of [dirname(target), folder]) syncToDisk(parent)
  return { sha256, size: bytes.byteLength }
}

/** Bytes kept under this content hash; null when there is no such file. */
export function sizeOfBlob(folder: string, sha256: string): number | null {
  return statSync(pathOf(folder, sha256), { throwIfNoEntry: false })?.size ?? null
}

const NamedFile = z.looseObject({ sha256: z.string().regex(CONTENT_HASH), size: z.number().optional() })
const NamedLogo = z.looseObject({ changes: z.looseObject({ logo_sha256: z.string().regex(CONTENT_HASH) }) })
const NamedPlan = z.looseObject({ changes: z.looseObject({ plan_sha256: z.string().regex(CONTENT_HASH) }) })
const NewPlan = z.looseObject({ plan_sha256: z.string().regex(CONTENT_HASH) })

export interface NamedByInput {
  field: string
  sha256: string
  size: number | null
  /** To be drawn on paper: a real PNG or JPEG of bounded size. */
  image: boolean
}

/** Files that a call's input names by their content, with the size it claims; what is no content hash is for the operation to refuse. */
export function namesInInput(operation: string, input: unknown): NamedByInput[] {
  switch (operation) {
    case 'attachment.add':
    case 'paperwork.upload':
    case 'paperwork.upload_sheet':
    case 'paperwork.redact':
    case 'vault.put_paper': {
      const { data } = NamedFile.safeParse(input)
      return data ? [{ field: 'sha256', sha256: data.sha256, size: data.size ?? null, image: false }] : []
    }
    case 'organization.update': {
      const { data } = NamedLogo.safeParse(input)
      return data ? [{ field: 'changes.logo_sha256', sha256: data.changes.logo_sha256, size: null, image: false }] : []
    }
    case 'location.create': {
      const { data } = NewPlan.safeParse(input)
      return data ? [{ field: 'plan_sha256', sha256: data.plan_sha256, size: null, image: true }] : []
    }
    case 'location.update':
    case 'sheet.update_draft': {
      const { data } = NamedPlan.safeParse(input)
      return data ? [{ field: 'changes.plan_sha256', sha256: data.changes.plan_sha256, size: null, image: true }] : []
    }
    default:
      return []
  }
}

/** Bytes from `offset`, at most `length`; null when there is no such file. */
export function readBlobPart(folder: string, sha256: string, offset: number, length: number): Uint8Array | null {
  if (!CONTENT_HASH.test(sha256) || sizeOfBlob(folder, sha256) === null) return null
  const handle = openSync(pathOf(folder, sha256), 'r')
  try {
    const bytes = Buffer.alloc(length)
    return bytes.subarray(0, readSync(handle, bytes, 0, length, offset))
  } finally {
    closeSync(handle)
  }
}

export function readBlob(folder: string, sha256: string): Uint8Array | null {
  if (!CONTENT_HASH.test(sha256)) return null
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
