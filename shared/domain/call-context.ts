import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'

/** All that a handler may know of the outside. The host gives it; tests inject it; replaying with the same context gives the same rows. */
export interface CallContext {
  org: Id
  command_id: Id
  /** Seed of derived ids: the command's id, or that of the failed command which it re-issues. */
  seed: Id
  /** When the person did it. */
  now: Instant
  /**
   * The clock of the authority that decides the command: deadlines are judged by it, never by the author's (sync rule 34). On a replica, and
   * where a receipt says that it was applied once, it is `now`: a view does not depend on when it is rebased, nor a yes on when a server is restored.
   */
  decided_at: Instant
  actor_kind: 'user' | 'system' | 'device'
  /** User id of the acting person. */
  actor: string
  /** The collaborator who is that person in this organization, when linked. */
  collaborator_id: Id | null
  device: string
  request_id: string
  correlation_id: string
  /** One gesture that needs several commands shares one group. */
  group_id: Id | null
  app_version: string
}
