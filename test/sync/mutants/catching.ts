/** Runs the simulator on a mutant, seed after seed, until a law breaks. */
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

/** Null seed: it survived that many histories. Throws when the mutant cannot be made: its text is no longer in the code. */
export function hunt(mutant: Mutant, { runs, seed }: { runs: number; seed: number }): Promise<Caught> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', path('patch.mjs'), path('../simulator/run.ts'), '--plain', '--workers', '1', '--runs', String(runs), '--seed', String(seed), ...(mutant.restoring ? ['--restoring'] : [])], {
      env: { ...process.env, CALLBOARD_MUTANT: JSON.stringify({ name: mutant.name, changes: mutant.changes }) },
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
