/**
 * The vault key of each organization, wrapped under the server's secret (AES-256-GCM): a backup of the server, which has no secret in it, opens
 * no number. The first key offered stands; whoever offers another gets the one that stands.
 */
import { box, NONCE_BYTES, unbox } from '../../shared/kernel/boxed.ts'
import type { Engine } from '../../shared/store/engine.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import type { Secret } from '../secret.ts'

const USE = 'vault'

export interface VaultKey {
  round: number
  key: Uint8Array
}

const bound = (org: Id, round: number): string => `${org} ${round}`

export interface VaultKeys {
  /** The key that stands: `offered` where there was none. Null: there is none, and none was offered. `sealed`: there is one that no secret of this server opens. */
  of(org: Id, offered: VaultKey | null, now: Instant): Promise<VaultKey | 'sealed' | null>
}

export function openVaultKeys(engine: Engine, secret: Secret, random: (bytes: number) => Uint8Array): VaultKeys {
  return {
    async of(org, offered, now) {
      if (offered)
        await engine.run('INSERT INTO server_vault_key (org_id, round, wrapped, made_at) VALUES (?, ?, ?, ?) ON CONFLICT (org_id) DO NOTHING', [
          org, offered.round, box(secret.keyOf(org, USE), bound(org, offered.round), random(NONCE_BYTES), offered.key).toString('base64url'), now,
        ])
      const [row] = await engine.all('SELECT round, wrapped FROM server_vault_key WHERE org_id = ?', [org])
      if (!row) return null
      const round = Number(row['round'])
      for (const one of secret.keysOf(org, USE)) {
        const key = unbox(one, bound(org, round), Buffer.from(String(row['wrapped']), 'base64url'))
        if (key) return { round, key }
      }
      return 'sealed'
    },
  }
}
