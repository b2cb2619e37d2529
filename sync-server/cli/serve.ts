/** Serves until it is told to stop. */
import { fromMs } from '../../shared/kernel/instants.ts'
import { openLog } from '../log/log.ts'
import { startServer } from '../server.ts'
import type { Settings } from '../settings.ts'

export async function serve(settings: Settings, version: string, asJson: boolean): Promise<number> {
  const log = openLog(settings.log_level, () => fromMs(Date.now()), (line) => process.stderr.write(line))
  const running = await startServer({ settings, version, log })
  if (asJson) process.stdout.write(`${JSON.stringify({ url: running.url, port: running.port, first_code: running.first_code })}\n`)
  else {
    process.stdout.write(`Callboard sync server ${version} on ${running.url}\n`)
    if (running.first_code !== null)
      process.stdout.write(`\n  Code of the first administrator, said once: ${running.first_code}\n  In Callboard: Settings, Server, connect; address ${running.url}, this code, a password.\n  Lost? callboard-server codes first\n\n`)
  }
  const stopped = new Promise<number>((resolve) => {
    let asked = 0
    const stop = (): void => {
      // The second time somebody means it.
      if (++asked > 1) process.exit(1)
      running.stop().then(() => resolve(0), (error: unknown) => {
        log.unexpected(error, { about: 'stopping' })
        resolve(1)
      })
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
  process.on('unhandledRejection', (error) => log.unexpected(error, { about: 'a promise nobody waited for' }))
  return stopped
}
