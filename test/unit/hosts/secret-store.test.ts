import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { argon2id } from '@noble/hashes/argon2.js'
import { openPassphraseSecrets, type SecretStore } from '../../../main/host/secret-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'callboard-secrets-'))
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 5, retryDelay: 200 }))

async function open(file: string, passphrase: string): Promise<SecretStore> {
  const opened = await openPassphraseSecrets(file, passphrase)
  if (!opened.ok) throw new Error(opened.error.code)
  return opened.value
}

describe('secrets sealed by a passphrase', () => {
  it('come back after a restart with the same passphrase, and only with it', async () => {
    const file = join(folder, 'a.json')
    const store = await open(file, 'un long secret de tournée')
    expect(store.protection).toBe('passphrase')
    await store.write('server', 'token-1')
    await store.write('server', 'token-2')
    const again = await open(file, 'un long secret de tournée')
    expect(await again.read('server')).toBe('token-2')
    expect(await again.read('other')).toBeNull()
    expect(await openPassphraseSecrets(file, 'un autre')).toMatchObject({ ok: false, error: { code: 'secrets.wrong_passphrase' } })
  })

  it('are nowhere in the file in clear, and only their owner reads it', async () => {
    const file = join(folder, 'b.json')
    const store = await open(file, 'passphrase')
    await store.write('server', 'a-token-that-must-not-show')
    expect(readFileSync(file, 'utf8')).not.toContain('a-token-that-must-not-show')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('cannot be exchanged or altered in the file', async () => {
    const file = join(folder, 'c.json')
    const store = await open(file, 'passphrase')
    await store.write('one', 'first')
    await store.write('two', 'second')
    const content = JSON.parse(readFileSync(file, 'utf8'))
    content.secrets.one = content.secrets.two
    writeFileSync(file, JSON.stringify(content))
    const altered = await open(file, 'passphrase')
    expect(await altered.read('one')).toBeNull()
    expect(await altered.read('two')).toBe('second')
  })

  it('are removed, twice without complaint', async () => {
    const store = await open(join(folder, 'd.json'), 'passphrase')
    await store.write('server', 'token')
    await store.remove('server')
    await store.remove('server')
    expect(await store.read('server')).toBeNull()
  })

  it('say when the file is damaged, and leave it as it is', async () => {
    const file = join(folder, 'e.json')
    writeFileSync(file, '{"format": 1, "kdf"')
    expect(await openPassphraseSecrets(file, 'passphrase')).toMatchObject({ ok: false, error: { code: 'secrets.damaged' } })
    expect(readFileSync(file, 'utf8')).toBe('{"format": 1, "kdf"')
  })

  it('open with the key of Electron, whose cryptography has no argon2, as with that of Node', async () => {
    const { argon2Sync } = await import('node:crypto')
    const salt = Buffer.alloc(16, 7)
    const native = argon2Sync('argon2id', { message: 'passphrase', nonce: salt, memory: 1024, passes: 3, parallelism: 1, tagLength: 32 })
    expect(Buffer.from(argon2id('passphrase', salt, { m: 1024, t: 3, p: 1, dkLen: 32 }))).toEqual(native)
  })
})
