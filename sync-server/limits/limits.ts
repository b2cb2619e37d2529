/**
 * Token buckets: each subject has as many calls of a class a minute as its limit says, all at once if it likes. Reads and writes are
 * counted in this process; sign-ins, administration and answers through links, where there may be other processes, in their database: refused when it does not answer.
 */
import type { Engine } from '../../shared/store/engine.ts'
import { limitSubjects, type CallClass, type LimitSubject, type Settings } from '../settings.ts'

export type Subjects = Readonly<Partial<Record<LimitSubject, string>>>

export interface Verdict {
  allowed: boolean
  /** Of the bucket nearest to its end. */
  limit: number
  remaining: number
  /** Until it is full again, or (when refused) until one call is possible. */
  reset_s: number
  subject: LimitSubject | null
}

interface Bucket {
  tokens: number
  at_ms: number
}

export interface Limits {
  count(call: CallClass, subjects: Subjects, nowMs: number): Promise<Verdict>
}

const MINUTE_MS = 60_000
/** Subjects remembered in memory: those of an hour of a large server; the longest unseen go first. */
const REMEMBERED = 50_000
const guarded: ReadonlySet<CallClass> = new Set(['admin', 'auth', 'answer'])

const filled = (bucket: Bucket | undefined, limit: number, nowMs: number): number =>
  bucket === undefined ? limit : Math.min(limit, bucket.tokens + (Math.max(0, nowMs - bucket.at_ms) * limit) / MINUTE_MS)

/** One of each, or of none: a call refused by one subject costs the others nothing. */
function weigh(asked: readonly { subject: LimitSubject; limit: number; tokens: number }[]): Verdict {
  let tightest = asked[0]
  for (const one of asked) if (tightest === undefined || (one.tokens - 1) / one.limit < (tightest.tokens - 1) / tightest.limit) tightest = one
  if (!tightest) return { allowed: true, limit: 0, remaining: 0, reset_s: 0, subject: null }
  const refused = asked.find(({ tokens }) => tokens < 1)
  if (refused) return { allowed: false, limit: refused.limit, remaining: 0, reset_s: Math.max(1, Math.ceil(((1 - refused.tokens) / refused.limit) * 60)), subject: refused.subject }
  return { allowed: true, limit: tightest.limit, remaining: Math.floor(tightest.tokens - 1), reset_s: Math.ceil(((tightest.limit - tightest.tokens + 1) / tightest.limit) * 60), subject: tightest.subject }
}

export function openLimits(settings: Settings['limits'], engine: Engine): Limits {
  const buckets = new Map<string, Bucket>()
  const asked = (call: CallClass, subjects: Subjects) =>
    limitSubjects.flatMap((subject) => {
      const who = subjects[subject]
      return who === undefined ? [] : [{ subject, key: `${call}:${subject}:${who}`, limit: settings[call][subject] }]
    })
  function keep(key: string, bucket: Bucket): void {
    buckets.delete(key)
    buckets.set(key, bucket)
    if (buckets.size <= REMEMBERED) return
    const [oldest] = buckets.keys()
    if (oldest !== undefined) buckets.delete(oldest)
  }
  async function countShared(call: CallClass, subjects: Subjects, nowMs: number): Promise<Verdict> {
    return engine.transaction(async () => {
      const all = []
      for (const one of asked(call, subjects)) {
        const [row] = await engine.all('SELECT tokens, at_ms FROM server_bucket WHERE subject = ?', [one.key])
        all.push({ ...one, tokens: filled(row && { tokens: Number(row['tokens']), at_ms: Number(row['at_ms']) }, one.limit, nowMs) })
      }
      const verdict = weigh(all)
      if (verdict.allowed)
        for (const { key, tokens } of all)
          await engine.run('INSERT INTO server_bucket (subject, tokens, at_ms) VALUES (?, ?, ?) ON CONFLICT (subject) DO UPDATE SET tokens = excluded.tokens, at_ms = excluded.at_ms', [key, tokens - 1, nowMs])
      return verdict
    })
  }
  return {
    async count(call, subjects, nowMs) {
      if (engine.dialect === 'postgres' && guarded.has(call)) return countShared(call, subjects, nowMs)
      const all = asked(call, subjects).map((one) => ({ ...one, tokens: filled(buckets.get(one.key), one.limit, nowMs) }))
      const verdict = weigh(all)
      if (verdict.allowed) for (const { key, tokens } of all) keep(key, { tokens: tokens - 1, at_ms: nowMs })
      return verdict
    },
  }
}
