/** Work that must not overlap, by key: each begins when the one before it is over, whatever became of it. */
export interface Turns {
  take<T>(key: string, work: () => Promise<T>): Promise<T>
  /** When all that was asked for is over. */
  over(): Promise<void>
}

export function openTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    take(key, work) {
      const mine = (last.get(key) ?? Promise.resolve()).then(work)
      const quiet: Promise<unknown> = mine.catch(() => undefined).then(() => {
        if (last.get(key) === quiet) last.delete(key)
      })
      last.set(key, quiet)
      return mine
    },
    async over() {
      while (last.size > 0) await Promise.all(last.values())
    },
  }
}
