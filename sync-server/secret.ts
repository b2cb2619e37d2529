/**
 * The server's secret: what it signs links with and, later, wraps keys of vaults under. From the environment (SECRET_KEY), or from the file
 * `secret.key` in the data folder, made at the first start, for its owner alone. It is in no backup: who has a backup can make no link.
 * Several keys: the first is used, the others are still taken (rotation).
 */
import { chmodSync, closeSync, constants, copyFileSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hkdfSync } from 'node:crypto'
import { join } from 'node:path'
import type { Id } from '../shared/kernel/ids.ts'
import { fromDisk } from '../shared/store/engine.ts'
import { SettingsProblem } from './settings.ts'

export const SECRET_FILE = 'secret.key'
/** Of a secret, in bytes. */
const SIZE = 32
const HEX = /^[0-9a-f]{64,}$/i
const BASE64 = /^[\w+/-]{43,}={0,2}$/

export interface Secret {
  /** Key of 32 bytes for one use in one organization: of the secret in use. Never stored, never said. */
  keyOf(org: Id, use: string): Buffer
  /** The same of every secret that is still taken, the one in use first. At least one. */
  keysOf(org: Id, use: string): readonly Buffer[]
}

/** Throws SettingsProblem, which names where it was read and never what. */
function parsed(text: string, where: string): Buffer[] {
  const keys = text.split(/[\s,]+/).filter((part) => part !== '').map((part) => {
    const bytes = HEX.test(part) && part.length % 2 === 0 ? Buffer.from(part, 'hex') : BASE64.test(part) ? Buffer.from(part, 'base64') : Buffer.alloc(0)
    if (bytes.length < SIZE) throw new SettingsProblem(`${where}: each key is at least ${SIZE} bytes, as base64 or hexadecimal (openssl rand -base64 ${SIZE})`)
    return bytes
  })
  if (keys.length === 0) throw new SettingsProblem(`${where}: holds no key`)
  return keys
}

/** `wx` alone would let another process read half a key. */
function make(path: string, random: (bytes: number) => Uint8Array): void {
  const draft = `${path}.${Buffer.from(random(6)).toString('hex')}`
  try {
    const file = openSync(draft, 'wx', 0o600)
    try {
      writeFileSync(file, `${Buffer.from(random(SIZE)).toString('base64')}\n`)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    try {
      linkSync(draft, path)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null
      if (code === 'EEXIST') return
      // A folder without hard links.
      if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error
      copyFileSync(draft, path, constants.COPYFILE_EXCL)
      chmodSync(path, 0o600)
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

function readFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

export const secretOf = (secrets: readonly Buffer[]): Secret => {
  const [first] = secrets
  if (!first) throw new Error('no secret')
  const derived = (secret: Buffer, org: Id, use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, Buffer.from(org, 'utf8'), `callboard ${use}`, SIZE))
  return { keyOf: (org, use) => derived(first, org, use), keysOf: (org, use) => secrets.map((secret) => derived(secret, org, use)) }
}

/**
 * `given`: SECRET_KEY, or null. Processes that share a folder and start at once take the key of the first of them.
 * `lax`: told when the file could be read by others and could not be closed to them. Throws SettingsProblem for what is no key, StoreError when the folder refuses.
 */
export function openSecret(given: string | null, folder: string, random: (bytes: number) => Uint8Array, lax: () => void): Secret {
  if (given !== null) return secretOf(parsed(given, 'SECRET_KEY'))
  const path = join(folder, SECRET_FILE)
  try {
    if (readFile(path) === null) make(path, random)
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
      chmodSync(path, 0o600)
      if ((statSync(path).mode & 0o077) !== 0) lax()
    }
    return secretOf(parsed(readFile(path) ?? '', SECRET_FILE))
  } catch (error) {
    throw error instanceof SettingsProblem ? error : fromDisk(error)
  }
}
