/** Tables of the whole server, beside those of its organizations: accounts, codes, devices, tokens, attempts, limits, mails. Numbered and forward-only. */
import type { Dialect, Engine } from '../../shared/store/engine.ts'

interface ServerMigration {
  version: number
  statements(dialect: Dialect): string[]
}

const integerOf = (dialect: Dialect): string => (dialect === 'sqlite' ? 'INTEGER' : 'BIGINT')
const realOf = (dialect: Dialect): string => (dialect === 'sqlite' ? 'REAL' : 'DOUBLE PRECISION')

export const serverMigrations: readonly ServerMigration[] = [
  {
    version: 1,
    statements: (dialect) => {
      const integer = integerOf(dialect)
      const table = (name: string, columns: string): string => `CREATE TABLE ${name} (${columns})${dialect === 'sqlite' ? ' STRICT' : ''};`
      return [
        table('server_setting', 'name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL'),
        table('server_account', `user_id TEXT NOT NULL PRIMARY KEY, email_key TEXT NOT NULL UNIQUE, email TEXT NOT NULL, name TEXT NOT NULL, password TEXT NOT NULL, administrator ${integer} NOT NULL,
          created_at TEXT NOT NULL, last_sign_in_at TEXT, password_at TEXT NOT NULL`),
        // Kind: `first` (the printed one), `server` (given by who runs it), `access` (lets one member of one organization set a password).
        table('server_code', 'digest TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, user_id TEXT, org_id TEXT, made_by TEXT, made_at TEXT NOT NULL, expires_at TEXT, used_at TEXT, used_by TEXT'),
        // One person on one computer. A computer that several people share has several.
        table('server_device', `user_id TEXT NOT NULL, device TEXT NOT NULL, name TEXT NOT NULL, public_key TEXT NOT NULL, created_at TEXT NOT NULL, last_seen_at TEXT, revoked_at TEXT,
          PRIMARY KEY (user_id, device)`),
        // A computer that one organization shut out, whoever uses it.
        table('server_revocation', 'org_id TEXT NOT NULL, device TEXT NOT NULL, revoked_at TEXT NOT NULL, revoked_by TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (org_id, device)'),
        // Tokens that came from one sign-in. `ended_why`: signed_out, reused, password, revoked.
        table('server_family', 'id TEXT NOT NULL PRIMARY KEY, user_id TEXT NOT NULL, device TEXT NOT NULL, created_at TEXT NOT NULL, used_at TEXT NOT NULL, ended_at TEXT, ended_why TEXT'),
        'CREATE INDEX ix_server_family_user ON server_family (user_id, device);',
        table('server_token', 'digest TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, family TEXT NOT NULL, expires_at TEXT NOT NULL, used_at TEXT'),
        'CREATE INDEX ix_server_token_family ON server_token (family);',
        'CREATE INDEX ix_server_token_expires ON server_token (expires_at);',
        table('server_organization', `org_id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, state TEXT NOT NULL, created_by TEXT NOT NULL, created_at TEXT NOT NULL, quota_bytes ${integer}`),
        table('server_blob', `org_id TEXT NOT NULL, sha256 TEXT NOT NULL, size ${integer} NOT NULL, created_at TEXT NOT NULL, PRIMARY KEY (org_id, sha256)`),
        table('server_attempt', `subject TEXT NOT NULL PRIMARY KEY, failures ${integer} NOT NULL, retry_at TEXT, at TEXT NOT NULL`),
        table('server_bucket', `subject TEXT NOT NULL PRIMARY KEY, tokens ${realOf(dialect)} NOT NULL, at_ms ${integer} NOT NULL`),
        table('server_idempotency', `caller TEXT NOT NULL, key_digest TEXT NOT NULL, payload TEXT NOT NULL, status ${integer} NOT NULL, body TEXT, at TEXT NOT NULL, PRIMARY KEY (caller, key_digest)`),
      ]
    },
  },
  {
    version: 2,
    // What became of mails (mail/queue.ts): what was sent is not sent again after a restore. Keys of vaults (vault/vault-keys.ts).
    statements: (dialect) => {
      const integer = integerOf(dialect)
      return [
        `CREATE TABLE server_mail (org_id TEXT NOT NULL, notification_id TEXT NOT NULL, round ${integer} NOT NULL, attempts ${integer} NOT NULL, lease_until TEXT, next_at TEXT NOT NULL, state TEXT NOT NULL, last_error TEXT,
          PRIMARY KEY (org_id, notification_id, round))${dialect === 'sqlite' ? ' STRICT' : ''};`,
        'CREATE INDEX ix_server_mail_due ON server_mail (state, next_at);',
        // Wrapped under the server's secret, which is in no backup.
        `CREATE TABLE server_vault_key (org_id TEXT NOT NULL PRIMARY KEY, round ${integer} NOT NULL, wrapped TEXT NOT NULL, made_at TEXT NOT NULL)${dialect === 'sqlite' ? ' STRICT' : ''};`,
      ]
    },
  },
  {
    version: 3,
    // When the clock of an organization is to be looked at, and whether it is this server's (timers.ts); what it tried and was refused.
    statements: (dialect) => {
      const strict = dialect === 'sqlite' ? ' STRICT' : ''
      return [
        `CREATE TABLE server_due (org_id TEXT NOT NULL PRIMARY KEY, at TEXT, standing TEXT NOT NULL, device TEXT)${strict};`,
        'CREATE INDEX ix_server_due_at ON server_due (standing, at);',
        `CREATE TABLE server_timer (org_id TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL, attempts ${integerOf(dialect)} NOT NULL, run_after TEXT NOT NULL, error TEXT, PRIMARY KEY (org_id, key))${strict};`,
      ]
    },
  },
  {
    version: 4,
    // Since when no row names a file (blobs/clearing.ts).
    statements: (dialect) => [`CREATE TABLE server_blob_unnamed (org_id TEXT NOT NULL, sha256 TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY (org_id, sha256))${dialect === 'sqlite' ? ' STRICT' : ''};`],
  },
]

/** Brings the tables up to this version, in one transaction; processes that start at once take turns. Throws when the tables are newer. */
export async function migrateServer(engine: Engine): Promise<void> {
  await engine.transaction(async () => {
    await engine.run(`CREATE TABLE IF NOT EXISTS server_schema (version ${integerOf(engine.dialect)} NOT NULL PRIMARY KEY)`, [])
    const [row] = await engine.all('SELECT MAX(version) AS version FROM server_schema', [])
    const from = Number(row?.['version'] ?? 0)
    const latest = serverMigrations.at(-1)?.version ?? 0
    if (from > latest) throw new Error(`the server's tables are of version ${from}; this program knows ${latest}: update it`)
    for (const { version, statements } of serverMigrations) {
      if (version <= from) continue
      for (const statement of statements(engine.dialect)) await engine.run(statement, [])
      await engine.run('INSERT INTO server_schema (version) VALUES (?)', [version])
    }
  })
}
