/** Which store can keep the secrets of this device. */
import type { SecretStore } from '../host/secret-store.ts'
import { keychainIsAvailable } from './keychain.ts'

export function secretProtection(): SecretStore['protection'] {
  return keychainIsAvailable() ? 'keychain' : 'passphrase'
}
