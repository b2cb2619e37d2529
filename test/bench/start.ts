import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { figures, median, type Figures } from './measure.ts'

const commandLine = fileURLToPath(new URL('../../main/cli/callboard.mjs', import.meta.url))

/** From starting the process to its first line on stdout, or to its end when it says nothing. */
function untilFirstLine(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let errors = ''
    let ready: number | null = null
    child.stderr.on('data', (text) => (errors += String(text)))
    child.stdout.once('data', () => {
      ready = performance.now() - start
      child.kill('SIGTERM')
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      if (ready !== null) resolve(ready)
      else if (code === 0) resolve(performance.now() - start)
      else reject(new Error(`the host did not start: ${errors}`))
    })
  })
}

/** The web host on a folder it knows, until it answers; the reference is a Node process that does nothing. */
export async function benchStart(folder: string): Promise<Figures> {
  const host = [commandLine, 'web', '--data', join(folder, 'cold'), '--port', '0', '--json']
  await untilFirstLine(host)
  const ours: number[] = []
  const empty: number[] = []
  for (let turn = 0; turn < 5; turn++) {
    ours.push(await untilFirstLine(host))
    empty.push(await untilFirstLine(['-e', '0']))
  }
  return figures('cold_start', 'ms', median(ours), median(empty), {}, 'the reference is an empty Node process')
}
