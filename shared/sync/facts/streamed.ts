/** Turns work that hands over lines into something that is asked for them: it goes on only as they are taken, and ends when nobody asks any more. */

export async function* streamed(work: (emit: (lines: string[]) => Promise<void>) => Promise<void>): AsyncGenerator<string, void, void> {
  let offered: string[] | null = null
  let taken: (() => void) | null = null
  let arrived: (() => void) | null = null
  let left = false
  let over = false
  let failed: { error: unknown } | null = null
  const running = work((lines) => {
    if (left) return Promise.reject(new Error('nobody reads on'))
    offered = lines
    arrived?.()
    return new Promise<void>((resolve, reject) => {
      taken = () => (left ? reject(new Error('nobody reads on')) : resolve())
    })
  }).catch((error: unknown) => {
    failed = { error }
  }).finally(() => {
    over = true
    arrived?.()
  })
  // What is set by the callbacks above is read through these, or the compiler takes it for what it was here.
  const lines = (): string[] | null => offered
  const failure = (): { error: unknown } | null => failed
  const goOn = (): void => taken?.()
  try {
    for (;;) {
      const ready = lines()
      if (ready) {
        yield* ready
        offered = null
        goOn()
      } else if (over) break
      else await new Promise<void>((resolve) => {
        arrived = resolve
      })
    }
    const problem = failure()
    if (problem) throw problem.error
  } finally {
    left = true
    goOn()
    await running
  }
}
