/** What somebody does, and from where they do it. */
import type Database from 'better-sqlite3'
import type { Permission } from '../../../shared/domain/permissions.ts'

export interface Gesture {
  name: string
  input: Record<string, unknown>
  /** Of one bulk gesture with others. */
  group?: string
}

/** What the person who acts has on the screen and in mind. */
export interface Standpoint {
  database: Database.Database
  user: string
  /** Own commands, oldest first: what they would take back. */
  issued: readonly string[]
  /** Commands of others on the same computer. */
  foreign: readonly string[]
  /** Whether the person's part in the beginning gives them that anywhere. */
  may(permission: Permission): boolean
  /** Milliseconds since 1970, by the clock of the simulated world. */
  now: number
}
