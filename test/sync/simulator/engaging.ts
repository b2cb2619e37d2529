/**
 * People who ask, tell, answer, take back, confirm: on questions that are open where they look, so that two of them answer the same one, one
 * answers while another changes the terms, and an answer given without a network comes after its deadline.
 */
import type Database from 'better-sqlite3'
import { fromMs, HOUR, toMs, type Instant } from '../../../shared/kernel/instants.ts'
import type { Gesture, Standpoint } from './gesture.ts'
import type { Draw } from './random.ts'
import { org } from './world.ts'

/** How often each is tried; every one of them is also in `contested`, where few rows are worked on by many. */
export const engagingOften: Readonly<Record<string, number>> = {
  'assignment.propose': 16, 'acceptance.dispatch': 14, 'assignment.accept_for': 14, 'assignment.decline_for': 6, 'assignment.accept': 6, 'assignment.decline': 3, 'assignment.withdraw': 2, 'assignment.withdraw_for': 3,
  'assignment.accept_by_voice': 6, 'assignment.ask_again': 5, 'assignment.confirm': 10, 'assignment.record_presence': 4,
}

interface Question {
  id: string
  assignment_id: string
  state: string
  deadline_at: Instant
}
interface Work {
  id: string
  version: number
  start_at: Instant
}

const ENTERED = { source: 'hand', reason: 'au téléphone' }

const open = (database: Database.Database, states: readonly string[]): Question[] =>
  database.prepare<[string, string], Question>('SELECT id, assignment_id, state, deadline_at FROM acceptance WHERE org_id = ? AND deleted_at IS NULL AND state IN (SELECT value FROM json_each(?)) ORDER BY created_at, id').all(org, JSON.stringify(states))
const work = (database: Database.Database, states: readonly string[]): Work[] =>
  database.prepare<[string, string], Work>('SELECT id, version, start_at FROM assignment WHERE org_id = ? AND deleted_at IS NULL AND crew_role_id IS NOT NULL AND state IN (SELECT value FROM json_each(?)) ORDER BY created_at, id LIMIT 20').all(org, JSON.stringify(states))

const few = <T>(rows: readonly T[], draw: Draw, most: number): T[] => {
  const first = draw.below(rows.length)
  return rows.slice(first, first + 1 + draw.below(most))
}

/** Mostly before the call, as people write it; near enough that some of them pass while somebody is away. */
function deadline(now: number, start: Instant, draw: Draw): Instant {
  const wanted = now + draw.one([1, 1, 4, 30, 72]) * HOUR
  return fromMs(toMs(start) > now ? Math.min(wanted, toMs(start)) : wanted)
}

/** Null: nothing of that kind can be done from here. The gesture as it is when it is none of these. */
export function engaging(gesture: Gesture, { database, user, now }: Standpoint, draw: Draw): Gesture | null {
  const { name } = gesture
  if (!(name in engagingOften)) return gesture
  const said = draw.chance(0.3) ? { words: 'Je confirme mes horaires.' } : {}
  switch (name) {
    case 'assignment.propose': {
      const rows = work(database, draw.chance(0.9) ? ['planned'] : ['planned', 'canceled', 'proposed'])
      return rows.length === 0 ? null : { name, input: { changes: few(rows, draw, 3).map(({ id, version, start_at }) => ({ id, version, deadline_at: deadline(now, start_at, draw) })) } }
    }
    case 'acceptance.dispatch': {
      const rows = open(database, ['draft'])
      return rows.length === 0 ? null : { name, input: { changes: few(rows, draw, 3).map(({ id }) => ({ id })), channel: 'hand' } }
    }
    case 'assignment.accept_for': case 'assignment.decline_for': {
      // A question that is over is answered too: its paper comes back late.
      const rows = open(database, draw.chance(0.85) ? ['draft', 'pending'] : ['draft', 'pending', 'expired', 'accepted', 'refused', 'withdrawn'])
      if (rows.length === 0) return null
      const { id, assignment_id } = draw.one(rows)
      return { name, input: { id: assignment_id, acceptance_id: id, ...ENTERED, ...said } }
    }
    case 'assignment.accept': case 'assignment.decline': {
      const own = database.prepare<[string, string], Question>(
        `SELECT a.id, a.assignment_id, a.state, a.deadline_at FROM acceptance a JOIN member m ON m.org_id = a.org_id AND m.collaborator_id = a.collaborator_id WHERE a.org_id = ? AND m.user_id = ? AND a.state IN ('draft', 'pending') ORDER BY a.created_at, a.id`).all(org, user)
      if (own.length === 0) return null
      const { id, assignment_id } = draw.one(own)
      return { name, input: { id: assignment_id, acceptance_id: id, ...said } }
    }
    case 'assignment.withdraw': case 'assignment.withdraw_for': case 'assignment.accept_by_voice': {
      const rows = work(database, name === 'assignment.accept_by_voice' ? ['planned', 'canceled'] : ['accepted'])
      return rows.length === 0 ? null : { name, input: { id: draw.one(rows).id, ...(name === 'assignment.withdraw' ? {} : ENTERED), ...said } }
    }
    case 'assignment.ask_again': {
      const rows = database.prepare<[string], Work>('SELECT id, version, start_at FROM assignment WHERE org_id = ? AND deleted_at IS NULL AND reconfirm_since IS NOT NULL ORDER BY created_at, id').all(org)
      return rows.length === 0 ? null : { name, input: { changes: few(rows, draw, 3).map(({ id, start_at }) => ({ id, ...(draw.chance(0.5) ? { deadline_at: deadline(now, start_at, draw) } : {}) })) } }
    }
    case 'assignment.confirm': {
      const rows = work(database, ['accepted'])
      return rows.length === 0 ? null : { name, input: { changes: few(rows, draw, 3).map(({ id }) => ({ id, budget: true, override_reason: 'Vu avec la production.', expected_resolution_at: fromMs(now + 48 * HOUR) })) } }
    }
    default: {
      const rows = work(database, ['accepted', 'confirmed', 'executed'])
      return rows.length === 0 ? null : { name, input: { changes: few(rows, draw, 3).map(({ id, version }) => ({ id, version, presence: draw.one(['present', 'late', 'absent']) })) } }
    }
  }
}
