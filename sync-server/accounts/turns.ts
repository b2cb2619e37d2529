/** Work about one subject, one after the other: tries for one account sent together wait for each other. */
export function openTurns(): <T>(subject: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>()
  return async (subject, work) => {
    const mine = (tails.get(subject) ?? Promise.resolve()).then(work, work)
    tails.set(subject, mine)
    try {
      return await mine
    } finally {
      if (tails.get(subject) === mine) tails.delete(subject)
    }
  }
}
