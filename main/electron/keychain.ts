/** Secrets sealed by the system's keychain (macOS Keychain, Windows DPAPI, a Linux keyring). */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { safeStorage } from 'electron'
import { z } from 'zod'
import type { SecretStore } from '../host/secret-store.ts'

const KeychainFile = z.record(z.string(), z.string())

/** Linux without a keyring "encrypts" with a fixed password: that protects nothing, so the passphrase is used there. */
export function keychainIsAvailable(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
}

/** One file of sealed secrets. Call `keychainIsAvailable` first. */
export function openKeychainSecrets(file: string): SecretStore {
  const readAll = async (): Promise<z.infer<typeof KeychainFile>> => {
    const text = await readFile(file, 'utf8').catch(() => '{}')
    return KeychainFile.parse(JSON.parse(text))
  }
  const change = async (edit: (all: z.infer<typeof KeychainFile>) => void): Promise<void> => {
    const all = await readAll()
    edit(all)
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await writeFile(`${file}.next`, JSON.stringify(all), { mode: 0o600, flush: true })
    await rename(`${file}.next`, file)
  }
  return {
    protection: 'keychain',
    read: async (name) => {
      const sealed = (await readAll())[name]
      return sealed === undefined ? null : safeStorage.decryptString(Buffer.from(sealed, 'base64'))
    },
    write: (name, secret) => change((all) => void (all[name] = safeStorage.encryptString(secret).toString('base64'))),
    remove: (name) => change((all) => void delete all[name]),
  }
}
