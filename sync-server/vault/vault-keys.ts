/**
 * The vault key of each organization, wrapped under the server's secret (AES-256-GCM): a backup of the server, which has no secret in it, opens
 * no number. The first key offered stands; whoever offers another gets the one that stands.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Engine } from '../../shared/store/engine.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import type { Secret } from '../secret.ts'

const NONCE = 12
const TAG = 16
const USE = 'vault'

export interface VaultKey {
  round: number
  key: Uint8Array
}

function wrap(secret: Uint8Array, org: Id, { round, key }: VaultKey, nonce: Uint8Array): string {
  const cipher = createCipheriv('aes-256-gcm', secret, nonce)
  cipher.setAAD(Buffer.from(`${org} ${round}`))
  const text = Buffer.concat([cipher.update(key), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')
}

function unwrap(secret: Uint8Array, org: Id, round: number, wrapped: string): Uint8Array | null {
  const bytes = Buffer.from(wrapped, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, NONCE))
  decipher.setAAD(Buffer.from(`${org} ${round}`))
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()])
  } catch {
    return null
  }
}

export interface VaultKeys {
  /** The key that stands: `offered` where there was none. Null: there is none, and none was offered. `sealed`: there is one that no secret of this server opens. */
  of(org: Id, offered: VaultKey | null, now: Instant): Promise<VaultKey | 'sealed' | null>
}

export function openVaultKeys(engine: Engine, secret: Secret, random: (bytes: number) => Uint8Array): VaultKeys {
  return {
    async of(org, offered, now) {
      if (offered)
        await engine.run('INSERT INTO server_vault_key (org_id, round, wrapped, made_at) VALUES (?, ?, ?, ?) ON CONFLICT (org_id) DO NOTHING', [
          org, offered.round, wrap(secret.keyOf(org, USE), org, offered, random(NONCE)), now,
        ])
      const [row] = await engine.all('SELECT round, wrapped FROM server_vault_key WHERE org_id = ?', [org])
      if (!row) return null
      const round = Number(row['round'])
      for (const one of secret.keysOf(org, USE)) {
        const key = unwrap(one, org, round, String(row['wrapped']))
        if (key) return { round, key }
      }
      return 'sealed'
    },
  }
}
