/** Runs the simulator on a mutant, seed after seed, until a law breaks; or the file of tests that is named for it. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Mutant } from './list.ts'

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

export interface Caught {
  mutant: Mutant
  seed: number | null
  /** The law that broke; of a mutant that lived, what its last run said. */
  law: string
  seconds: number
}

const asked = ({ name, changes }: Mutant): string => JSON.stringify({ name, changes })

/** The first of its tests that fails; seed 0. */
function huntByTest(mutant: Mutant, test: string): Promise<Caught> {
  const began = performance.now()
  // Nothing of a run of tests that this may be part of.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST') && name !== 'CI'))
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path('../../../node_modules/vitest/vitest.mjs'), 'run', test], { cwd: path('../../../'), env: { ...env, NO_COLOR: '1', CALLBOARD_MUTANT: asked(mutant) } })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
    child.on('exit', (code) => {
      const seconds = (performance.now() - began) / 1000
      const failed = /^ *FAIL +\S+ > (.+)$/m.exec(said)
      if (code === 0) resolve({ mutant, seed: null, law: 'no test failed', seconds })
      else if (failed) resolve({ mutant, seed: 0, law: failed[1] ?? '', seconds })
      else reject(new Error(`${mutant.name}: ${said.slice(0, 2000)}`))
    })
  })
}

/** Null seed: it survived that many histories. Throws when the mutant cannot be made: its text is no longer in the code. */
export function hunt(mutant: Mutant, { runs, seed }: { runs: number; seed: number }): Promise<Caught> {
  if (mutant.test !== undefined) return huntByTest(mutant, mutant.test)
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', path('patch.mjs'), path('../simulator/run.ts'), '--plain', '--workers', '1', '--runs', String(runs), '--seed', String(seed), ...(mutant.restoring ? ['--restoring'] : [])], {
      env: { ...process.env, CALLBOARD_MUTANT: asked(mutant) },
    })
    let said = ''
    let complained = ''
    child.stdout.on('data', (text: Buffer) => (said += text.toString()))
    child.stderr.on('data', (text: Buffer) => (complained += text.toString()))
    child.on('exit', () => {
      const seconds = (performance.now() - began) / 1000
      const found = /^seed (\d+): (.*)$/m.exec(said)
      if (found) resolve({ mutant, seed: Number(found[1]), law: found[2] ?? '', seconds })
      else if (/^\d+ histories in /m.test(said)) resolve({ mutant, seed: null, law: 'no law broke', seconds })
      else reject(new Error(`${mutant.name}: ${complained.slice(0, 2000) || said.slice(0, 2000)}`))
    })
  })
}
