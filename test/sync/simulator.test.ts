/**
 * Two thousand random histories of real cores, in virtual time, with every fault of wires and machines, judged by the laws of sync. A
 * failing seed is made as short as it can be and printed; `npm run test:sync -- --runs N --seed S` runs others.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const RUNS = 2000
const WORKERS = 2

/** One process for each share of the seeds: nothing of one history is in the memory of another's. */
function share(index: number): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [
      join(import.meta.dirname, 'simulator', 'run.ts'), '--workers', '1', '--runs', String(RUNS / WORKERS), '--seed', String(1 + index), '--step', String(WORKERS), '--keep', '-',
    ])
    let said = ''
    child.stdout.on('data', (text: Buffer) => (said += text.toString()))
    child.stderr.on('data', (text: Buffer) => (said += text.toString()))
    child.on('exit', (code) => {
      resolve({ code, said })
    })
  })
}

describe('two thousand random histories', () => {
  it('lose nothing, leak nothing, decide each command once and come to the same rows everywhere', async () => {
    for (const { code, said } of await Promise.all(Array.from({ length: WORKERS }, (_, index) => share(index)))) {
      expect(said).toContain(`${RUNS / WORKERS} histories in`)
      expect(code).toBe(0)
    }
  }, 1_200_000)
})
