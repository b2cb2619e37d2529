/** The sync server as its operator starts it, on loopback, with a folder of its own. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectFolder, startProgram, type Program } from './program.ts'

export interface SyncServer {
  readonly url: string
  /** Of the first administrator, printed at the first start. */
  readonly code: string
  stop(): Promise<void>
  /** On the same address, with what it held. */
  start(): Promise<void>
  /** What its operator types; it must be stopped for some of it. */
  operator(...words: string[]): void
  /** Stops it and takes its folder away. */
  remove(): Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })

export async function startSyncServer(): Promise<SyncServer> {
  const data = mkdtempSync(join(tmpdir(), 'callboard-sync-'))
  const port = await freePort()
  let program: Program | null = null
  const run = async (): Promise<{ url: string; first_code: string | null }> => {
    program = startProgram(process.execPath, [join(projectFolder, 'sync-server', 'cli', 'callboard-server.mjs'), 'serve', '--data', data, '--port', String(port), '--host', '127.0.0.1', '--json'])
    const [line] = await program.says(/^\{"url":.*\}$/m)
    return JSON.parse(line)
  }
  const operator = (...words: string[]): void => {
    const { status, stderr } = spawnSync(process.execPath, [join(projectFolder, 'sync-server', 'cli', 'callboard-server.mjs'), ...words, '--data', data], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`callboard-server ${words.join(' ')}: ${stderr}`)
  }
  const stop = async (): Promise<void> => {
    await program?.end()
    program = null
  }
  const { url, first_code: code } = await run()
  if (code === null) throw new Error('the server printed no code')
  return {
    url,
    code,
    stop,
    operator,
    start: async () => void (await run()),
    remove: async () => {
      await stop()
      rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
