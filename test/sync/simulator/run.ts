/**
 * `npm run test:sync -- --runs N --seed S`: random histories, one after the other, from seed S on. A failing seed is made as short as
 * it can be and printed as a list of steps, which `--replay file` does again.
 * `--plain` says only which law broke. `--workers N`: shares the seeds among processes. `--restoring`: the server's disk is put back from a copy in every history, not in a few;
 * `--restores N`: up to that often. `--over http`: real HTTP to a server in a process of its own; `--over postgres`: to two over one database.
 * There time is real: a seed draws the same setting, and what is replayed is the steps (`--times N`: again and again).
 */
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { runHistory } from './history.ts'
import { openPlace, type Place } from './http/over.ts'
import { real } from './real.ts'
import { emptyTotals, printed, summed, type Totals } from './report.ts'
import { shrink } from './shrink.ts'
import { settingOf, type Replay } from './steps.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' }, workers: { type: 'string' }, step: { type: 'string', default: '1' }, replay: { type: 'string' }, restoring: { type: 'boolean', default: false },
    restores: { type: 'string', default: '3' }, over: { type: 'string' }, times: { type: 'string', default: '1' }, plain: { type: 'boolean', default: false }, keep: { type: 'string' }, json: { type: 'boolean', default: false }, 'shrink-seconds': { type: 'string', default: '60' },
  },
})
const runs = Number(values.runs)
const first = Number(values.seed)
/** One of this many histories has its server put back from a copy. */
const RESTORED_SHARE = 20
/** Somebody wants this to end. Its server processes are told so too: the history under way counts for nothing. */
let stopping = false

async function again(file: string, place?: Place): Promise<number> {
  const replay = JSON.parse(readFileSync(file, 'utf8')) as Replay
  let broken = 0
  for (let time = 0; time < Number(values.times); time++) {
    const history = await runHistory(real, replay.setting, replay.steps, place?.open)
    if (history.broken) broken++
    console.log(history.broken ? `${history.broken.law}\n${history.broken.found}` : 'no law is broken')
  }
  return broken > 0 ? 1 : 0
}

async function alone(place?: Place): Promise<number> {
  const totals: Totals = emptyTotals()
  const began = performance.now()
  for (let done = 0; done < runs && !stopping; done++) {
    const seed = first + done * Number(values.step)
    const history = await runHistory(real, settingOf(seed, !place && (values.restoring || seed % RESTORED_SHARE === 0), Number(values.restores)), undefined, place?.open).catch((error: unknown) => {
      if (stopping) return null
      throw error
    })
    if (history === null || stopping) break
    summed(totals, history)
    if (!history.broken) continue
    console.log(`seed ${seed}: ${history.broken.law}\n  ${history.broken.found}`)
    if (values.plain) return 1
    const least = await shrink(real, history, Number(values['shrink-seconds']) * 1000, place?.open)
    const file = values.keep ?? `sync-seed-${seed}.json`
    // `-`: nothing is written; the steps are said whole.
    if (file === '-') console.log(JSON.stringify(least.replay))
    else writeFileSync(file, JSON.stringify(least.replay, null, 1))
    console.log(`${printed(least)}\nAgain: npm run test:sync -- ${values.over === undefined ? '' : `--over ${values.over} `}--replay ${file}`)
    return 1
  }
  totals.seconds = (performance.now() - began) / 1000
  console.log(values.json ? JSON.stringify(totals) : printedTotals(totals))
  return 0
}
const printedTotals = ({ seconds, histories, ...counted }: Totals): string =>
  `${histories} histories in ${seconds.toFixed(1)} s (${((seconds * 1000) / Math.max(1, histories)).toFixed(0)} ms each)\n${JSON.stringify(counted)}`

/** Every worker takes the seeds that are its own. */
async function shared(workers: number): Promise<number> {
  const codes = await Promise.all(Array.from({ length: workers }, (_, index) => new Promise<number>((resolve) => {
    const share = Math.ceil((runs - index) / workers)
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--workers', '1', '--runs', String(share), '--seed', String(first + index), '--step', String(workers),
      ...(values.restoring ? ['--restoring'] : []), '--restores', values.restores, ...(values.json ? ['--json'] : [])], { stdio: 'inherit' })
    child.on('exit', (code) => { resolve(code ?? 1) })
  })))
  return Math.max(...codes)
}

async function over(where: string): Promise<number> {
  if (where !== 'http' && where !== 'postgres') throw new Error('--over http, or --over postgres')
  const place = await openPlace(where, real)
  if (!place) throw new Error('no PostgreSQL server is installed here')
  try {
    console.log(place.kind)
    // Its processes end with it.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (stopping = true))
    return values.replay ? await again(values.replay, place) : await alone(place)
  } finally {
    await place.close()
  }
}

const workers = Number(values.workers ?? Math.min(2, availableParallelism()))
if (values.over !== undefined) process.exitCode = await over(values.over)
else process.exitCode = values.replay ? await again(values.replay) : workers > 1 && runs >= 20 ? await shared(workers) : await alone()
