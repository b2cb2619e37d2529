/** By which server mail leaves, from the environment: SMTP_URL, or SMTP_HOST and what goes with it. Without either the server sends no mail, and says so. */
import { z } from 'zod'

export const tlsPolicies = ['implicit', 'required', 'opportunistic', 'none'] as const
/** `implicit`: TLS from the first byte. `required`: STARTTLS or nothing. `opportunistic`: STARTTLS when it is offered. `none`: never; on this very computer alone. */
export type TlsPolicy = (typeof tlsPolicies)[number]

export interface MailSettings {
  host: string
  port: number
  user: string | null
  password: string | null
  /** Address that mail comes from. */
  from: string
  tls: TlsPolicy
}

/** One address, as envelopes take it: nothing in it ends a header, adds a recipient or a command. */
export const isAddress = (text: string): boolean => text.length <= 254 && /^[^\s\p{Cc}<>()[\]\\,;:@"]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)*[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u.test(text)

const Variables = z.object({
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'smtp://user:password@host:port, or smtps://' }).optional(),
  SMTP_HOST: z.string().trim().min(1).optional(),
  SMTP_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  SMTP_USER: z.string().min(1).optional(),
  SMTP_PASSWORD: z.string().min(1).optional(),
  SMTP_FROM: z.string().trim().refine(isAddress, 'one address, production@example.org').optional(),
  SMTP_TLS: z.enum(tlsPolicies).optional(),
})

const isHere = (host: string): boolean => /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host)

/** `problems`: each names its variable and never what was in it. */
export function readMailSettings(given: Readonly<Record<string, string | undefined>>): { settings: MailSettings | null; problems: string[] } {
  const parsed = Variables.safeParse(given)
  if (!parsed.success) return { settings: null, problems: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) }
  const { SMTP_URL, SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD, SMTP_FROM, SMTP_TLS } = parsed.data
  const url = SMTP_URL === undefined ? null : new URL(SMTP_URL)
  const host = url?.hostname ?? SMTP_HOST
  const named = Object.entries(parsed.data).filter(([, value]) => value !== undefined).map(([name]) => name)
  if (host === undefined || host === '') return named.length === 0 ? { settings: null, problems: [] } : { settings: null, problems: [`${named.join(', ')}: SMTP_URL or SMTP_HOST is missing`] }
  if (url && SMTP_HOST !== undefined) return { settings: null, problems: ['SMTP_URL, SMTP_HOST: one of the two'] }
  if (SMTP_FROM === undefined) return { settings: null, problems: ['SMTP_FROM: the address that mail comes from'] }
  const user = url && url.username !== '' ? decodeURIComponent(url.username) : (SMTP_USER ?? null)
  const password = url && url.password !== '' ? decodeURIComponent(url.password) : (SMTP_PASSWORD ?? null)
  if ((user === null) !== (password === null)) return { settings: null, problems: ['SMTP_USER, SMTP_PASSWORD: they go together'] }
  const tls = SMTP_TLS ?? (url?.protocol === 'smtps:' || SMTP_PORT === 465 ? 'implicit' : isHere(host) ? 'opportunistic' : 'required')
  if (tls === 'none' && !isHere(host)) return { settings: null, problems: ['SMTP_TLS: none is for a mail server on this very computer'] }
  const port = url && url.port !== '' ? Number(url.port) : (SMTP_PORT ?? (tls === 'implicit' ? 465 : 587))
  return { settings: { host: host.replace(/^\[|\]$/g, ''), port, user, password, from: SMTP_FROM, tls }, problems: [] }
}
