/** A data folder with one organization of a profile, made by the program's own `demo` command and kept between runs of the same code. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { digestOfSources } from '../world.ts'

const commandLine = fileURLToPath(new URL('../../../main/cli/callboard.mjs', import.meta.url))
const Made = z.object({ sign_in: z.object({ email: z.string(), password: z.string() }) })
export type SignIn = z.infer<typeof Made>['sign_in']

export async function benchData(profile: string, say: (text: string) => void): Promise<{ data: string; sign: SignIn }> {
  const data = join(tmpdir(), `callboard-bench-ui-${profile}`)
  const done = join(data, `${digestOfSources()}.json`)
  if (!existsSync(done)) {
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    mkdirSync(data, { recursive: true })
    say(`making the ${profile} organization (once for this code)`)
    const made = spawnSync(process.execPath, [commandLine, 'demo', '--profile', profile, '--data', data, '--json'], { encoding: 'utf8', maxBuffer: 1 << 26 })
    if (made.status !== 0) throw new Error(`the organization was not made: ${made.stderr.slice(-2000)}`)
    writeFileSync(done, JSON.stringify(Made.parse(JSON.parse(made.stdout))))
  }
  return { data, sign: Made.parse(JSON.parse(readFileSync(done, 'utf8'))).sign_in }
}
