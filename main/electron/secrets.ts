/** Which store can keep the secrets of this device. */
import { join } from 'node:path'
import { app } from 'electron'
import type { SecretStore } from '../host/secret-store.ts'
import { keychainIsAvailable, openKeychainSecrets } from './keychain.ts'

export function secretProtection(): SecretStore['protection'] {
  return keychainIsAvailable() ? 'keychain' : 'file'
}

/** The keychain's, which can be asked once the app is ready; null where there is none: the core then keeps a file only this account may read. */
export async function deviceSecrets(data: string): Promise<SecretStore | null> {
  await app.whenReady()
  return keychainIsAvailable() ? openKeychainSecrets(join(data, 'secrets-keychain.json')) : null
}
