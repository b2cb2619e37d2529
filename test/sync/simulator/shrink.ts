/** The shortest history that still breaks the same law: steps are left out in halves, then one by one. */
import { runHistory, type History } from './history.ts'
import type { OpenSite, Real } from './site.ts'
import type { Step } from './steps.ts'

export async function shrink(real: Real, broken: History, milliseconds = 60_000, place?: OpenSite): Promise<History> {
  const until = performance.now() + milliseconds
  let best = broken
  const attempt = async (steps: readonly Step[]): Promise<boolean> => {
    const again = await runHistory(real, best.replay.setting, steps, place)
    if (again.broken?.law !== broken.broken?.law) return false
    best = again
    return true
  }
  // Drawn steps and given steps must do the same; else what is found here is not what was seen.
  if (!(await attempt(broken.replay.steps))) return broken
  for (let size = Math.ceil(best.replay.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let again = true; again; ) {
      again = false
      for (let from = 0; from < best.replay.steps.length && performance.now() < until; ) {
        const { steps } = best.replay
        if (await attempt([...steps.slice(0, from), ...steps.slice(from + size)])) again = size === 1
        else from += size
      }
      if (performance.now() >= until) return best
    }
  }
  return best
}
