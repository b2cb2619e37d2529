/** A restored server, as its operator sees it (sync rule 31): who came since, what is to be reviewed, which numbers are missing. */
import type { Id } from '../../kernel/id-form.ts'
import type { Instant } from '../../kernel/instants.ts'

/** A computer of one person. `expected`: seen in the thirty days before the restored state ended, so that it is waited for. */
export interface RecoveryDevice {
  device: string
  user_id: Id
  last_contact_at: Instant | null
  came: boolean
  expected: boolean
}

/** A change of roles or members that comes back with the close; the roles of now are as old as the backup. */
export interface RecoveryRight {
  /** The command. */
  id: Id
  name: string
  at: Instant
  by: Id
  entity: string
  op: 'insert' | 'update' | 'remove' | 'restore'
  /** Whose; null: not known here. */
  member: { id: Id; name: string } | null
  role: string | null
  status: string | null
  project: { id: Id; name: string } | null
}

/** As the console shows it: people by name. */
export interface ConsoleRight extends RecoveryRight {
  by_name: string
}
export interface ConsoleRecovery extends Omit<RecoveryState, 'rights'> {
  rights: ConsoleRight[]
}
/** `about`: what the series is called: the project, the sheet's mission. */
export interface ConsoleNumber extends MissingNumber {
  about: string | null
  told_by_name: string | null
  recorded_by_name: string | null
}

/** A number that was given and that no row bears. */
export interface MissingNumber {
  entity: string
  id: Id
  field: string
  number: string | number
  /** The sheet, the project in whose order it runs. */
  series: Id | null
  /** The device that knew it; null: it is missing between two that are known. */
  told_by: string | null
  told_at: Instant | null
  /** Why, by the operator; null: not said yet. */
  reason: string | null
  recorded_by: string | null
  recorded_at: Instant | null
  /** What bears it was offered again: the close brings it back. */
  expected: boolean
}

export interface RecoveryState {
  since: Instant
  epoch: number
  restored_seq: number
  /** When the last commit of the restored state was made. */
  restored_at: Instant | null
  /** Commands offered again until now. */
  offered: number
  devices: RecoveryDevice[]
  /** Every computer that is waited for has come; of a state that knew none it cannot be said. */
  heard: boolean
  rights: RecoveryRight[]
  /** Of the rights above: said back with the close, which is refused when others came meanwhile. Null: there is nothing to review. */
  review: string | null
}
