/** Asks one question at a time: while an answer is on its way, the questions put meanwhile are forgotten but the last. */
export interface LatestOnly<Q, A> {
  /** Asked after the pause, or once the answer under way is there. The same question again is a question. */
  put: (question: Q) => void
  /** What waits is not asked, and an answer on its way is not told. */
  drop: () => void
  /** Resolves once no question waits, with the last one and its answer; null: it failed or was dropped. */
  settled: () => Promise<{ readonly question: Q; readonly answer: A } | null>
}

interface Told<Q, A> {
  ask: (question: Q) => Promise<A>
  onAnswer: (question: Q, answer: A) => void
  onFailure: (question: Q, error: unknown) => void
  pauseMs: number
}

export function latestOnly<Q, A>({ ask, onAnswer, onFailure, pauseMs }: Told<Q, A>): LatestOnly<Q, A> {
  let next: { question: Q } | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let busy = false
  let turn = 0
  let last: { question: Q; answer: A } | null = null
  let waiting: ((settled: typeof last) => void)[] = []
  const rest = (): void => {
    const told = waiting
    waiting = []
    for (const resolve of told) resolve(last)
  }
  const go = async (): Promise<void> => {
    timer = null
    if (next === null) return
    const { question } = next
    const asked = turn
    next = null
    busy = true
    try {
      const answer = await ask(question)
      if (asked === turn) {
        last = { question, answer }
        onAnswer(question, answer)
      }
    } catch (error) {
      if (asked === turn) {
        last = null
        onFailure(question, error)
      }
    }
    busy = false
    if (next === null) rest()
    else void go()
  }
  return {
    put: (question) => {
      next = { question }
      if (busy) return
      // A key held down must not hold the answer back for as long: the pause runs from the first.
      timer ??= setTimeout(() => void go(), pauseMs)
    },
    drop: () => {
      turn++
      next = last = null
      if (timer !== null) clearTimeout(timer)
      timer = null
      if (!busy) rest()
    },
    settled: () => (busy || next !== null ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(last)),
  }
}
