/** One organization on the deciding server: its core, with the ledger that devices follow, and what they are answered. */
import type { AnyHandler } from '../../core/core-handler.ts'
import { createOrganizationCore, type Outside } from '../../core/organization-core.ts'
import { entities } from '../../domain/registry.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Engine } from '../../store/engine.ts'
import { beginHead, lastCommit, markUnmarked, readHead } from '../../store/sync-log.ts'
import type { Authority } from '../contracts.ts'
import { namesBlob } from './blobs.ts'
import { followedLedger } from './ledger.ts'
import { explainNumber, missingNumbers } from './numbers.ts'
import { recoveryState } from './operator.ts'
import type { AuthorityParts } from './parts.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import { closeRecovery, reoffer } from './recovery.ts'
import { createScopes } from './scopes.ts'
import { security } from './security.ts'
import { snapshot } from './snapshot.ts'
import { verify } from './verify.ts'

export interface AuthorityOptions {
  org: Id
  engine: Engine
  /** Reads that make no writer wait. */
  readEngine: Engine
  handlers: readonly AnyHandler[]
  outside: Outside
}

/** Gives the organization its head when it has none: from now on devices may follow it. */
export async function beginFollowing(engine: Engine, org: Id, outside: Pick<Outside, 'now' | 'random'>): Promise<void> {
  if (await readHead(engine, org)) return
  await engine.transaction(async () => {
    if (await readHead(engine, org)) return
    await beginHead(engine, org, Buffer.from(outside.random(32)).toString('hex'), outside.now())
    await markUnmarked(engine, org, [...entities.keys()])
  })
}

/** Opens an organization as the authority of its devices. Any number of processes may, over one PostgreSQL. */
export async function openAuthority({ org, engine, readEngine, handlers, outside }: AuthorityOptions): Promise<Authority> {
  await beginFollowing(engine, org, outside)
  const core = createOrganizationCore({ org, engine, readEngine, handlers, outside, ledger: followedLedger(engine, org) })
  const parts: AuthorityParts = {
    org, core, engine, readEngine, now: outside.now, random: outside.random, report: outside.report,
    commands: new Set(handlers.flatMap((handler) => (handler.operation.kind === 'command' && !('compose' in handler) ? [handler.operation.name] : []))),
    scopes: createScopes(org, core, outside.now),
  }
  return {
    org, core,
    async head() {
      const head = await readHead(readEngine, org)
      if (!head) throw new Error(`organization ${org} is followed by nobody`)
      return { epoch: head.epoch, seq: await lastCommit(readEngine, org), mode: head.mode, restored_seq: head.restored_seq }
    },
    push: (entries, sender, epoch) => push(parts, entries, sender, epoch),
    security: (events, sender, by) => security(parts, events, sender, by),
    pull: (request, viewer) => pull(parts, request, viewer),
    snapshot: (viewer, entity) => snapshot(parts, viewer, entity),
    verify: (request, viewer) => verify(parts, request, viewer),
    namesBlob: (viewer, sha256) => namesBlob(parts, viewer, sha256),
    reoffer: (request, sender) => reoffer(parts, request, sender),
    recovery: () => recoveryState(parts),
    closeRecovery: (by, review) => closeRecovery(parts, by, review),
    missingNumbers: () => missingNumbers(parts),
    async explainNumber(asked, reason, { user_id, device }) {
      const one = await explainNumber(parts, asked, reason, user_id)
      const { entity, id, field, number, series } = one
      await core.record({ user_id: user_id as Id, device, scope: null }, 'security.number.missing', { entity, id, field, number, series, reason })
      return one
    },
  }
}
