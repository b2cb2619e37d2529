/**
 * The simulator's histories over real HTTP: the same people, gestures, faults and laws, with server processes that are killed and started
 * again, behind lines that hang up, send twice and cut. More of them: `npm run test:sync -- --over http|postgres --runs N --seed S`.
 *
 * Where it differs from the simulator: the server's clock is the machine's, the computers' are virtual; its disk is not put back from a
 * copy; what everybody could read is found by deciding the server's order of commits once more in memory, which must come to the same rows.
 */
import { describe, expect, it } from 'vitest'
import { runHistory } from './simulator/history.ts'
import { openPlace } from './simulator/http/over.ts'
import { real } from './simulator/real.ts'
import { emptyTotals, printed, summed } from './simulator/report.ts'
import { settingOf, type Setting } from './simulator/steps.ts'

const HISTORIES = 12
/** Every second history is had in this. */
const storm: Setting['weather'] = { lost: 0.08, doubled: 0.2, cut: 0.1, torn: 0, stale: 0.1, parted: 0, expired: 0, late: 0.2, small: 0.3 }
const settingFor = (seed: number): Setting => ({ ...settingOf(seed), ...(seed % 2 === 0 ? { weather: storm } : {}) })

/** False: there is no such database here. */
async function histories(over: 'http' | 'postgres', seed: number): Promise<boolean> {
  const place = await openPlace(over, real)
  if (!place) return false
  const totals = emptyTotals()
  const began = performance.now()
  try {
    for (let one = 0; one < HISTORIES; one++) {
      const history = await runHistory(real, settingFor(seed + one), undefined, place.open)
      // Time is real here: the steps themselves make the replay, not the seed.
      if (history.broken) expect.fail(`${printed(history)}\n${JSON.stringify(history.replay)}`)
      summed(totals, history)
    }
  } finally {
    await place.close()
  }
  expect(totals.outcomes['applied']).toBeGreaterThan(HISTORIES)
  for (const fault of ['lost', 'cut', 'doubled', 'late', 'device killed']) expect(totals.faults[fault], fault).toBeGreaterThan(0)
  const { histories: done, seconds: _seconds, ...counted } = totals
  console.log(`${done} histories, ${place.kind}, ${((performance.now() - began) / 1000).toFixed(1)} s: ${JSON.stringify(counted)}`)
  return true
}

describe('a dozen random histories over real HTTP', () => {
  it('lose nothing, leak nothing, decide each command once and come to the same rows everywhere, with a server process over SQLite', async () => {
    expect(await histories('http', 1)).toBe(true)
  }, 180_000)
  it('and with two server processes at once over PostgreSQL, whichever of them is asked', async ({ skip }) => {
    if (!(await histories('postgres', 21))) skip('NO POSTGRESQL SERVER HERE: two processes over one database are not proved by this run')
  }, 240_000)
})
