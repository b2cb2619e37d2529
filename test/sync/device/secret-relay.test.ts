import { describe, expect, it } from 'vitest'
import { answerSecrets, askedSecrets, type SecretAnswer } from '../../../main/host/secret-relay.ts'
import type { SecretStore } from '../../../main/host/secret-store.ts'

/** The two ends of a thread, joined by clones as messages are. */
function joined(store: SecretStore | null): ReturnType<typeof askedSecrets> {
  let asked: ReturnType<typeof askedSecrets> | null = null
  const answer = answerSecrets(Promise.resolve(store), (message: SecretAnswer) => asked?.hear(structuredClone(message)))
  asked = askedSecrets((question) => answer(structuredClone(question)))
  return asked
}
/** Writes take their time, as a file does: what is begun together must not overwrite each other. */
function slowStore(): SecretStore {
  let all: Record<string, string> = {}
  const change = async (edit: (next: Record<string, string>) => void): Promise<void> => {
    const next = { ...all }
    await new Promise((resolve) => setTimeout(resolve, 5))
    edit(next)
    all = next
  }
  return {
    protection: 'keychain',
    read: (name) => (name === 'of another account' ? Promise.reject(new Error('the system refuses')) : Promise.resolve(all[name] ?? null)),
    write: (name, secret) => change((next) => void (next[name] = secret)),
    remove: (name) => change((next) => void delete next[name]),
  }
}

describe('secrets of the core’s thread', () => {
  it('are kept by the keychain of the process, however many are written at once', async () => {
    const secrets = await joined(slowStore()).open()
    if (!secrets) expect.fail('there is no store')
    expect(secrets.protection).toBe('keychain')
    await Promise.all([1, 2, 3].map((n) => secrets.write(`name ${n}`, `secret ${n}`)))
    await secrets.remove('name 2')
    expect(await Promise.all([1, 2, 3].map((n) => secrets.read(`name ${n}`)))).toEqual(['secret 1', null, 'secret 3'])
  })
  it('are none where the keychain opens them no more: their person signs in again', async () => {
    expect(await (await joined(slowStore()).open())?.read('of another account')).toBeNull()
  })
  it('have a file where the process has no keychain', async () => {
    expect(await joined(null).open()).toBeNull()
  })
})
