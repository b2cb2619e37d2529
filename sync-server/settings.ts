/** The server's settings, all from the environment; each has a default with which it runs. docs/server.md explains them. */
import { z } from 'zod'
import { readMailSettings, type MailSettings } from './mail/mail-settings.ts'

export const callClasses = ['read', 'write', 'admin', 'auth', 'answer'] as const
export type CallClass = (typeof callClasses)[number]
export const limitSubjects = ['organization', 'user', 'token', 'address'] as const
export type LimitSubject = (typeof limitSubjects)[number]

/**
 * Calls a minute, which is also how many may come at once. A device that sends 250,000 commands makes 500 to 2,000 calls;
 * a hundred devices may reconnect from one address. What guards passwords is the delay that wrong ones earn (accounts/attempts.ts).
 */
export const usualLimits: Readonly<Record<CallClass, Readonly<Record<LimitSubject, number>>>> = {
  read: { organization: 24_000, user: 2_400, token: 2_400, address: 24_000 },
  write: { organization: 24_000, user: 2_400, token: 2_400, address: 24_000 },
  admin: { organization: 240, user: 60, token: 60, address: 240 },
  auth: { organization: 2_400, user: 240, token: 60, address: 600 },
  answer: { organization: 2_400, user: 240, token: 60, address: 240 },
}

const whole = (least: number, most: number, usual: number) => z.coerce.number().int().min(least).max(most).default(usual)
const yes = z.enum(['', '0', '1', 'true', 'false', 'yes', 'no']).default('').transform((text) => ['1', 'true', 'yes'].includes(text))
const text = z.string().trim().min(1).optional().transform((given) => given ?? null)

const limitName = (call: CallClass, subject: LimitSubject): string => `LIMIT_${call}_${subject}`.toUpperCase()
const Limits = z.object(Object.fromEntries(callClasses.flatMap((call) => limitSubjects.map((subject) => [limitName(call, subject), whole(1, 10_000_000, usualLimits[call][subject])]))))

const Environment = z.object({
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  PORT: whole(0, 65_535, 8787),
  DATA_DIR: z.string().trim().min(1).default('./callboard-server'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'begins with postgres://').optional().transform((given) => given ?? null),
  DATABASE_LISTEN_URL: z.string().regex(/^postgres(ql)?:\/\//, 'begins with postgres://').optional().transform((given) => given ?? null),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(500).optional().transform((given) => given ?? null),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional().transform((given) => given?.replace(/\/+$/, '') ?? null),
  TLS_CERT: text,
  TLS_KEY: text,
  TRUST_PROXY: yes,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  METRICS_TOKEN: text,
  SECRET_KEY: text,
  QUOTA_ORGANIZATIONS: whole(1, 1_000_000, 100),
  QUOTA_BYTES: z.coerce.number().int().min(1).optional().transform((given) => given ?? null),
  STREAMS_PER_USER: whole(1, 1_000, 20),
  STOP_SECONDS: whole(1, 600, 25),
  MIN_BYTES_PER_SECOND: whole(0, 10_000_000, 1_024),
  BODY_SECONDS: whole(1, 3_600, 10),
  /** For tests alone: passwords are digested in a millisecond, and can be guessed as fast. */
  CALLBOARD_TEST_CHEAP_PASSWORDS: yes,
})

export interface Settings {
  host: string
  /** 0: any free one. */
  port: number
  data: string
  database_url: string | null
  /** Where the process hears of others' commits, when `database_url` leads to a pooler. */
  listen_url: string | null
  connections: number | null
  /** Where people reach the server, when that is not the address it listens on. */
  public_url: string | null
  tls: { cert: string; key: string } | null
  /** The address of who calls is read from X-Forwarded-For, which only a proxy in front may set. */
  trust_proxy: boolean
  log_level: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  metrics_token: string | null
  /** In place of the file `secret.key` in `data` (secret.ts). */
  secret_key: string | null
  limits: Readonly<Record<CallClass, Readonly<Record<LimitSubject, number>>>>
  quota: { organizations: number; bytes: number | null }
  streams_per_user: number
  stop_seconds: number
  /** A body slower than this, measured from `body_seconds` on, is cut. 0: never. */
  min_bytes_per_second: number
  body_seconds: number
  cheap_passwords: boolean
  /** Null: no mail leaves from here. */
  mail: MailSettings | null
}

export class SettingsProblem extends Error {}

/** Reads the environment; throws SettingsProblem that names every variable which cannot be used. Empty variables count as absent. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Environment.safeParse(given)
  const limited = Limits.safeParse(given)
  const mail = readMailSettings(given)
  if (!parsed.success || !limited.success || mail.problems.length > 0)
    throw new SettingsProblem([...[...(parsed.error?.issues ?? []), ...(limited.error?.issues ?? [])].map(({ path, message }) => `${path.join('.')}: ${message}`), ...mail.problems].join('\n'))
  const values = parsed.data
  if ((values.TLS_CERT === null) !== (values.TLS_KEY === null)) throw new SettingsProblem('TLS_CERT and TLS_KEY go together: the files of a certificate and of its key.')
  const limitsOf = (call: CallClass) => ({ ...usualLimits[call], ...Object.fromEntries(limitSubjects.map((subject) => [subject, limited.data[limitName(call, subject)]])) })
  return {
    host: values.HOST, port: values.PORT, data: values.DATA_DIR, database_url: values.DATABASE_URL, listen_url: values.DATABASE_LISTEN_URL, connections: values.DATABASE_CONNECTIONS, public_url: values.PUBLIC_URL,
    tls: values.TLS_CERT !== null && values.TLS_KEY !== null ? { cert: values.TLS_CERT, key: values.TLS_KEY } : null,
    trust_proxy: values.TRUST_PROXY, log_level: values.LOG_LEVEL, metrics_token: values.METRICS_TOKEN, secret_key: values.SECRET_KEY,
    limits: { read: limitsOf('read'), write: limitsOf('write'), admin: limitsOf('admin'), auth: limitsOf('auth'), answer: limitsOf('answer') },
    quota: { organizations: values.QUOTA_ORGANIZATIONS, bytes: values.QUOTA_BYTES },
    streams_per_user: values.STREAMS_PER_USER, stop_seconds: values.STOP_SECONDS, min_bytes_per_second: values.MIN_BYTES_PER_SECOND, body_seconds: values.BODY_SECONDS,
    cheap_passwords: values.CALLBOARD_TEST_CHEAP_PASSWORDS, mail: mail.settings,
  }
}
