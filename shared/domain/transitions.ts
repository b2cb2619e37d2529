/**
 * Transition tables are data: what may follow what, who may do it, and what the handler must prove first. One walker reads them all.
 * A pair (from, to) may have several ways, one per kind of actor; a pair without a way is illegal, whoever asks.
 */
import type { Permission } from './permissions.ts'

/** `system`: done by the authority's own timers only, never through a role nor from a device. */
export type TransitionPermission = Permission | 'system'

export interface Transition<State extends string> {
  readonly from: State
  readonly to: State
  readonly permission: TransitionPermission
  /** True: only on the person's own record, whatever the reach of the permission. */
  readonly own?: boolean
  /** Conditions by name; the handler of the transition proves each inside its transaction. */
  readonly needs?: readonly string[]
  readonly reason?: 'required' | 'optional'
  /** Closed list of reason codes; absent where any text is a reason. */
  readonly reasons?: readonly string[]
}

export interface TransitionTable<State extends string> {
  readonly entity: string
  readonly states: readonly State[]
  readonly initial: readonly State[]
  readonly transitions: readonly Transition<State>[]
}

/** Every way from one state to another, in the order of the table; empty when illegal. */
export const waysOf = <State extends string>(table: TransitionTable<State>, from: State, to: State): readonly Transition<State>[] =>
  table.transitions.filter((transition) => transition.from === from && transition.to === to)

/** The first way from one state to another; null when the transition is illegal. */
export const transitionOf = <State extends string>(table: TransitionTable<State>, from: State, to: State): Transition<State> | null =>
  waysOf(table, from, to)[0] ?? null

/** The states that may directly follow, each once, in the order of the table. */
export const nextStates = <State extends string>(table: TransitionTable<State>, from: State): readonly State[] => [
  ...new Set(table.transitions.filter((transition) => transition.from === from).map((transition) => transition.to)),
]
