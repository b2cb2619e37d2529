/** The key of an organization's numbers, to who was given them by name, and to an owner who brings it up or home; each time is in the organization's log. */
import { detail, refuse } from '../../shared/domain/errors.ts'
import { openVaultKeys } from '../vault/vault-keys.ts'
import type { HandlersOf, Server } from './asked.ts'

export function vaultHandlers(server: Server): HandlersOf<'vault.key'> {
  const keys = openVaultKeys(server.storage.accounts, server.secret, server.random)
  return {
    async 'vault.key'({ body: { offered }, caller, place, now }) {
      const { org, person, hosted } = place()
      if (!person.may('pii:read', null) && !person.may('org:transfer', null)) throw refuse('auth.forbidden', detail(null, 'permission', 'pii:read'))
      const found = await keys.of(org, offered && { round: offered.round, key: Buffer.from(offered.key, 'base64url') }, now)
      if (found === 'sealed') throw refuse('vault.no_key')
      if (!found) return { held: null }
      const { user_id, device } = caller().holder
      await hosted.authority.core.record({ user_id, device, scope: null }, 'security.vault_key.given', { round: found.round })
      return { held: { round: found.round, key: Buffer.from(found.key).toString('base64url') } }
    },
  }
}
