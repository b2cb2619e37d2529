/**
 * When a device talks to its server, as a table: what each event means in each mode. Nothing here waits or sends; the loop does what the
 * machine says. Laws (sync.md, the device's loop): one round at a time; a round that fails is tried again after 1 s to 5 min, never before
 * what the server asked; whatever was asked for during a round is looked at after it; rounds that move nothing though something is left
 * are failures; a closed loop does nothing any more.
 */
export const DEBOUNCE_MS = 300
/** Commands that keep coming are sent at the latest after this. */
export const LONGEST_DEBOUNCE_MS = 2_000
export const FALLBACK_MS = 30_000
export const FIRST_BACKOFF_MS = 1_000
export const LONGEST_BACKOFF_MS = 300_000
/** A server that tells a hundred devices at once is not asked by all of them in the same millisecond. */
export const NEWS_SPREAD_MS = 250
/** What only a person or an update can change is still looked at now and then. */
export const STUCK_MS = 300_000
/** Rounds in a row without progress, with work left, that are let pass. */
export const FRUITLESS_ROUNDS = 3
/** A timer that fires this late was asleep with its computer. */
export const SLEPT_MS = 20_000

export type LoopMode = 'resting' | 'soon' | 'exchanging' | 'backing_off' | 'stuck' | 'closed'

export interface LoopState {
  mode: LoopMode
  /** When the loop begins a round by itself, ms; null: it waits to be told. */
  due_at: number | null
  /** First command of the present debounce, ms. */
  soon_since: number | null
  /** Told of something while a round was under way. */
  again: boolean
  failures: number
  fruitless: number
  /** The server asked not to be asked before, ms; null: it did not. */
  not_before: number | null
}

export type LoopEvent =
  /** A command was written here, or something that this computer saw by itself. */
  | { type: 'commit' }
  /** The server has something newer, or the way to it is open again. */
  | { type: 'news' }
  /** A person wants it now (the pill, a window that came to the front, a sign-in). */
  | { type: 'asked' }
  | { type: 'timer' }
  /** `left`: work that remains though the round went well. `moved`: anything was sent, taken or settled. */
  | { type: 'done'; moved: boolean; left: boolean }
  | { type: 'failed'; retry_after_ms: number | null }
  /** Going on is for a person or an update: no token holds, versions too far apart, a pull that asks first. */
  | { type: 'stuck' }
  | { type: 'close' }

interface World {
  now: number
  /** In [0, 1). */
  random: number
}
type Transition = (state: LoopState, event: LoopEvent, world: World) => LoopState
type Row = Readonly<Record<LoopEvent['type'], Transition>>

export const startedLoop = (now: number): LoopState => ({ mode: 'soon', due_at: now, soon_since: now, again: false, failures: 0, fruitless: 0, not_before: null })

/** Full jitter, and never less than a second: devices that were cut off together do not come back together. */
export function backoffMs(failures: number, random: number): number {
  const longest = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(failures, 20))
  return Math.round(FIRST_BACKOFF_MS + random * (longest - FIRST_BACKOFF_MS))
}

const same: Transition = (state) => state
const closed: Transition = (state) => ({ ...state, mode: 'closed', due_at: null, again: false })
const begin = (state: LoopState): LoopState => ({ ...state, mode: 'exchanging', due_at: null, soon_since: null, again: false, not_before: null })
const soon = (state: LoopState, at: number, since: number): LoopState => ({ ...state, mode: 'soon', due_at: at, soon_since: since })

/** What the server asked for is kept also when a person presses. */
const now: Transition = (state, _event, world) => (state.not_before !== null && state.not_before > world.now ? { ...state, mode: 'backing_off', due_at: state.not_before } : begin(state))
const onTimer: Transition = (state, event, world) => {
  if (state.due_at === null || world.now < state.due_at) return state
  return now(world.now - state.due_at >= SLEPT_MS ? { ...state, failures: 0 } : state, event, world)
}
const debounce: Transition = (state, _event, world) => {
  const since = state.soon_since ?? world.now
  return soon(state, Math.min(world.now + DEBOUNCE_MS, since + LONGEST_DEBOUNCE_MS), since)
}
const spread: Transition = (state, _event, world) => {
  const at = world.now + Math.round(world.random * NEWS_SPREAD_MS)
  return state.mode === 'soon' && state.due_at !== null && state.due_at <= at ? state : soon(state, at, state.soon_since ?? world.now)
}
/** Reached again: not before what was asked. */
const reached: Transition = (state, event, world) => (state.not_before !== null && state.not_before > world.now ? state : spread(state, event, world))
const later: Transition = (state) => ({ ...state, again: true })

const fail: Transition = (state, event, { now: at, random }) => {
  const failures = state.failures + 1
  const retry_after_ms = event.type === 'failed' ? event.retry_after_ms : null
  const asked = retry_after_ms === null ? null : at + retry_after_ms
  return { ...state, mode: 'backing_off', due_at: Math.max(at + backoffMs(failures, random), asked ?? 0), soon_since: null, again: false, failures, not_before: asked }
}
const finish: Transition = (state, event, world) => {
  if (event.type !== 'done') return state
  const { moved, left } = event
  const fruitless = left && !moved ? state.fruitless + 1 : 0
  if (fruitless >= FRUITLESS_ROUNDS) return { ...fail(state, event, world), fruitless }
  const over = { ...state, failures: 0, fruitless, not_before: null, again: false }
  if (state.again) return soon(over, world.now, world.now)
  if (left) return soon(over, world.now + (moved ? 0 : DEBOUNCE_MS), world.now)
  return { ...over, mode: 'resting', due_at: world.now + FALLBACK_MS, soon_since: null }
}
const stick: Transition = (state, _event, world) => ({ ...state, mode: 'stuck', due_at: world.now + STUCK_MS, soon_since: null, again: false, failures: 0, fruitless: 0 })

const noRound = { done: same, failed: same, stuck: same } as const

/** Rows: modes. Columns: events. */
export const transitions: Readonly<Record<LoopMode, Row>> = {
  resting: { ...noRound, commit: debounce, news: spread, asked: now, timer: onTimer, close: closed },
  soon: { ...noRound, commit: debounce, news: spread, asked: now, timer: onTimer, close: closed },
  exchanging: { commit: later, news: later, asked: later, timer: same, done: finish, failed: fail, stuck: stick, close: closed },
  // A command waits with the others: trying more often does not bring the network back.
  backing_off: { ...noRound, commit: same, news: reached, asked: now, timer: onTimer, close: closed },
  stuck: { ...noRound, commit: same, news: same, asked: now, timer: onTimer, close: closed },
  closed: { ...noRound, commit: same, news: same, asked: same, timer: same, close: same },
}

export const step: Transition = (state, event, world) => transitions[state.mode][event.type](state, event, world)
