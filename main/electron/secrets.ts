/** Which store keeps the secrets of this device. */
import { join } from 'node:path'
import { app } from 'electron'
import { success, type Result } from '../../shared/kernel/result.ts'
import { openPassphraseSecrets, type PassphraseRefusal, type SecretStore } from '../host/secret-store.ts'
import { keychainIsAvailable, openKeychainSecrets } from './keychain.ts'

export function secretProtection(): SecretStore['protection'] {
  return keychainIsAvailable() ? 'keychain' : 'passphrase'
}

/** `askPassphrase` is called only where the system has no keychain. */
export async function openSecrets(askPassphrase: () => Promise<string>): Promise<Result<SecretStore, PassphraseRefusal>> {
  const file = (name: string): string => join(app.getPath('userData'), name)
  if (secretProtection() === 'keychain') return success(openKeychainSecrets(file('secrets.keychain.json')))
  return openPassphraseSecrets(file('secrets.sealed.json'), await askPassphrase())
}
