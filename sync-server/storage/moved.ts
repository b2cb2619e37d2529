/** Who is told that an organization's order of commits has moved on: once for each place, wherever the news comes from. */
import type { Id } from '../../shared/kernel/ids.ts'

export interface Moved {
  onChange(listener: (org: Id, seq: number) => void): () => void
  /** Answers false for a place that was told, or passed, already. */
  tell(org: Id, seq: number): boolean
  /** Of this organization nothing is known any more. */
  forget(org: Id): void
}

export function createMoved(): Moved {
  const listeners = new Set<(org: Id, seq: number) => void>()
  const told = new Map<Id, number>()
  return {
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell(org, seq) {
      if (seq <= (told.get(org) ?? 0)) return false
      told.set(org, seq)
      for (const listener of listeners) listener(org, seq)
      return true
    },
    forget(org) {
      told.delete(org)
    },
  }
}
