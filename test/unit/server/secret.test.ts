/** The server's secret: where it lies, who may read it, how it is changed without ending the links that were sent. */
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { migrateServer } from '../../../sync-server/accounts/schema.ts'
import { openSecret, SECRET_FILE } from '../../../sync-server/secret.ts'
import { SettingsProblem } from '../../../sync-server/settings.ts'
import { openStorage } from '../../../sync-server/storage/open-storage.ts'
import { restoreStorage } from '../../../sync-server/storage/restore.ts'
import { storageOptions } from '../../fixtures/server-storage.ts'

const org = deriveId('secret', 'one')
const other = deriveId('secret', 'other')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-secret-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))
const open = (given: string | null = null) => openSecret(given, folder, (bytes) => randomBytes(bytes), () => undefined)
const hex = (key: Buffer): string => key.toString('hex')

describe('the secret', () => {
  it('is made once, for its owner alone, and leaves nothing beside it', () => {
    const key = hex(open().keyOf(org, 'links'))
    expect(readdirSync(folder)).toEqual([SECRET_FILE])
    expect(statSync(join(folder, SECRET_FILE)).mode & 0o777).toBe(0o600)
    expect(hex(open().keyOf(org, 'links'))).toBe(key)
  })
  it('is the first one’s when two processes begin at once', () => {
    let late: string | null = null
    // The second process makes its own while the first is at it.
    const first = openSecret(null, folder, (bytes) => {
      late ??= hex(open().keyOf(org, 'links'))
      return randomBytes(bytes)
    }, () => undefined)
    expect(hex(first.keyOf(org, 'links'))).toBe(late)
    expect(readdirSync(folder)).toEqual([SECRET_FILE])
  })
  it('gives each organization and each use a key of its own', () => {
    const secret = open()
    const keys = [secret.keyOf(org, 'links'), secret.keyOf(org, 'vault'), secret.keyOf(other, 'links')].map(hex)
    expect(new Set(keys).size).toBe(3)
    for (const key of keys) expect(readFileSync(join(folder, SECRET_FILE), 'utf8')).not.toContain(key)
  })
  it('from the environment is written nowhere', () => {
    open(randomBytes(32).toString('base64'))
    expect(existsSync(join(folder, SECRET_FILE))).toBe(false)
  })
  it('is changed by putting another one first: the former is still taken', () => {
    const [former, next] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('hex')]
    const before = hex(open(former).keyOf(org, 'links'))
    const after = open(`${next}, ${former}`)
    expect(hex(after.keyOf(org, 'links'))).not.toBe(before)
    expect(after.keysOf(org, 'links').map(hex)).toEqual([hex(after.keyOf(org, 'links')), before])
    writeFileSync(join(folder, SECRET_FILE), `${next}\n${former}\n`)
    expect(open().keysOf(org, 'links').map(hex)).toEqual(after.keysOf(org, 'links').map(hex))
  })
  it('that others may read is closed to them', () => {
    open()
    chmodSync(join(folder, SECRET_FILE), 0o644)
    open()
    expect(statSync(join(folder, SECRET_FILE)).mode & 0o777).toBe(0o600)
  })
  it('is in no backup, and a restore leaves it where it is', async () => {
    open()
    const key = readFileSync(join(folder, SECRET_FILE), 'utf8')
    const backup = join(folder, 'kept', 'backup')
    mkdirSync(join(folder, 'kept'))
    const storage = await openStorage(storageOptions(folder, null))
    await migrateServer(storage.accounts)
    await storage.backup(backup)
    await storage.close()
    const files = (readdirSync(backup, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())
    expect(files.length).toBeGreaterThan(1)
    for (const { name, parentPath } of files) expect([name, readFileSync(join(parentPath, name)).includes(key.trim())]).toEqual([name, false])
    await restoreStorage(storageOptions(folder, null), backup)
    expect(readFileSync(join(folder, SECRET_FILE), 'utf8')).toBe(key)
  })
  it('that is none stops the start, and is not said', () => {
    for (const given of ['court', 'x'.repeat(42), '', `${'a'.repeat(64)},court`]) {
      if (given === '') writeFileSync(join(folder, SECRET_FILE), '\n')
      const attempt = () => open(given === '' ? null : given)
      expect(attempt).toThrow(SettingsProblem)
      if (given !== '') expect(attempt).not.toThrow(new RegExp(given))
    }
  })
})
