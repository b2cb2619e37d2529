/** What a history leaves behind, for the laws to judge: written down by the world around the real code, never by the code itself. */
import type Database from 'better-sqlite3'
import type { Answer } from '../../../shared/core/core-handler.ts'
import type { OrganizationCore } from '../../../shared/core/organization-core.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import type { Engine } from '../../../shared/store/engine.ts'
import type { WireCommand } from '../../../shared/sync/wire.ts'

export class LawBroken extends Error {
  readonly law: string
  constructor(law: string, found: string) {
    super(`${law}: ${found}`)
    this.name = 'LawBroken'
    this.law = law
  }
}

/** A command as the device that made it put it in its outbox. */
export interface Issued {
  id: Id
  issuer: Id
  device: string
  bytes: string
  command: WireCommand
  /** The person was told that it is done. */
  told: boolean
  /** How far the author's view had followed when they did it; null where others work on the same computer. */
  cursor: number | null
}

export interface ServerEvidence {
  core: OrganizationCore
  engine: Engine
  database: Database.Database
}

export interface ReplicaEvidence {
  device: string
  user: Id
  /** The person's token still holds here, so that everything of theirs can have come and gone. */
  signed_in: boolean
  /** What their window would be answered; null: nothing, they are shut out. */
  ask(name: string, input: unknown): Promise<Answer | null>
  database: Database.Database
}

export interface Evidence {
  server: ServerEvidence
  replicas: readonly ReplicaEvidence[]
  /** By id; each entered value that somebody typed is in one of them. */
  issued: ReadonlyMap<string, Issued>
  /** What a computer refused by itself and told its person; `kept`: its disk was not put back since. */
  refused: readonly { device: string; user: Id; request_id: string; kept: boolean }[]
  /** Commands of persons who were signed out and of those who waited for them: they may be anywhere. */
  waiting: ReadonlySet<string>
  /** Devices whose clock or disk was tampered with: what they foresee may be wrong. */
  odd: ReadonlySet<string>
  /** What is still in the outbox of each device. */
  outboxes: readonly { device: string; ids: readonly string[] }[]
  /** Markers that each person could have read at some time, as `entity/id/field`. */
  everReadable: ReadonlyMap<Id, ReadonlySet<string>>
  /** Highest place in the order of commits when the history began. */
  since: number
  /** The server was restored from an older copy: what it had answered in between came back as receipts. */
  restored: boolean
  /** The clock of the server was asked last, and did what was due. */
  clocked: boolean
}

export interface Law {
  name: string
  /** Throws LawBroken. */
  judge(evidence: Evidence): Promise<void>
}
