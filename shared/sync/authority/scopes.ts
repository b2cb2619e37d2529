/** The scopes people hold: computed when the organization has changed, kept by digest, let go when no device names them any more. */
import type { OrganizationCore } from '../../core/organization-core.ts'
import type { Person } from '../../core/session.ts'
import type { Id } from '../../kernel/ids.ts'
import { fromMs, toMs, type Instant } from '../../kernel/instants.ts'
import type { Engine } from '../../store/engine.ts'
import type { Lens } from '../../store/reader.ts'
import { dropScopes, findScope, keepScope } from '../../store/sync-log.ts'
import type { Viewer } from '../contracts.ts'
import { digestOfScope, scopeFrom, scopeOf, scopeText, type Scope } from './scope.ts'

export interface Seen {
  person: Person
  lens: Lens
  scope: Scope
  digest: string
}
export interface Scopes {
  /** What the person sees at a commit, read inside a snapshot that ends there; null: not a member. */
  seen(engine: Engine, viewer: Viewer, at: { epoch: number; seq: number }): Promise<Seen | null>
  /** The scope of a digest that was given out; null: unknown. */
  find(engine: Engine, digest: string): Promise<Scope | null>
  /** Digest of a scope, which is known from here on. To be stored before it is given out. */
  digestOf(scope: Scope): string
  store(engine: Engine, digest: string, now: Instant): Promise<void>
}

/** A device that stopped in the middle of a pull finds its scope for so long; later it takes a snapshot. */
const KEPT_MS = 7 * 24 * 3600 * 1000
const REMEMBERED = 200
/** Between two times that old scopes are looked for, and that a scope in use is marked as such. */
const SWEEP_MS = 3600 * 1000

/** Forgets what was asked for least lately. */
class Recent<V> {
  readonly #kept = new Map<string, V>()
  get(key: string): V | undefined {
    const value = this.#kept.get(key)
    if (value !== undefined) {
      this.#kept.delete(key)
      this.#kept.set(key, value)
    }
    return value
  }
  set(key: string, value: V): void {
    this.#kept.delete(key)
    this.#kept.set(key, value)
    const oldest = this.#kept.size > REMEMBERED ? this.#kept.keys().next().value : undefined
    if (oldest !== undefined) this.#kept.delete(oldest)
  }
}

export function createScopes(org: Id, core: OrganizationCore, now: () => Instant): Scopes {
  const computed = new Recent<Seen & { epoch: number; seq: number }>()
  const texts = new Recent<string>()
  const parsed = new Recent<Scope>()
  const stored = new Map<string, number>()
  let swept = 0

  function remember(scope: Scope): string {
    const text = scopeText(scope)
    const digest = digestOfScope(text)
    texts.set(digest, text)
    parsed.set(digest, scope)
    return digest
  }
  return {
    async seen(engine, { user_id, device }, { epoch, seq }) {
      // Whatever changes what somebody sees is a command, or the instant at which what they were given by name ends.
      const known = computed.get(user_id)
      if (known?.epoch === epoch && known.seq === seq && (known.person.until === null || known.person.until > now())) return known
      const found = await core.viewer({ user_id, device, scope: null }, engine)
      if (!found) return null
      const scope = await scopeOf(found.person, found.lens)
      const seen = { person: found.person, lens: found.lens, scope, digest: remember(scope), epoch, seq }
      computed.set(user_id, seen)
      return seen
    },
    async find(engine, digest) {
      const known = parsed.get(digest)
      if (known) return known
      const text = await findScope(engine, org, digest)
      if (text === null) return null
      texts.set(digest, text)
      const scope = scopeFrom(text)
      parsed.set(digest, scope)
      return scope
    },
    digestOf: remember,
    async store(engine, digest, now) {
      const at = toMs(now)
      if ((stored.get(digest) ?? -Infinity) > at - SWEEP_MS) return
      const text = texts.get(digest)
      if (text === undefined) throw new Error(`scope ${digest} was not computed here`)
      if (stored.size > 5 * REMEMBERED) stored.clear()
      await engine.transaction(async () => {
        await keepScope(engine, org, digest, text, now)
        if (swept > at - SWEEP_MS) return
        await dropScopes(engine, org, fromMs(at - KEPT_MS))
        swept = at
      })
      stored.set(digest, at)
    },
  }
}
