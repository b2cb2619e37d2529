/** The two servers of the bench as processes of their own, and what they and this one take of memory and of the wire. */
import { spawn, type ChildProcess } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { PlainTable } from './plain.ts'

export interface Served<T> {
  said: T
  /** Most memory the process has held, MB; null where the system does not say. */
  peakMb(): number | null
  stop(): Promise<void>
}

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

async function started<T>(args: readonly string[], environment: Record<string, string>, shape: z.ZodType<T>): Promise<Served<T>> {
  const child: ChildProcess = spawn(process.execPath, [...args], { env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'callboard-compiled'), ...environment }, stdio: ['pipe', 'pipe', 'pipe'] })
  // A bench that fails leaves no server behind.
  process.once('exit', () => child.kill())
  let out = ''
  let logs = ''
  child.stderr?.on('data', (bytes: Buffer) => {
    logs = (logs + bytes.toString()).slice(-4_000)
  })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const said = await new Promise<T>((resolve, reject) => {
    child.stdout?.on('data', (bytes: Buffer) => {
      out += bytes.toString()
      if (!out.includes('\n')) return
      const read = shape.safeParse(JSON.parse(out))
      if (read.success) resolve(read.data)
      else reject(read.error)
    })
    void ended.then(() => reject(new Error(`a server ended before it stood: ${logs}`)))
  })
  return {
    said,
    peakMb: () => peakOf(child.pid),
    async stop() {
      child.stdin?.end()
      child.kill('SIGTERM')
      await ended
    },
  }
}

function peakOf(pid: number | undefined): number | null {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid ?? 'self'}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024)
  } catch {
    return null
  }
}
/** Most memory this process has held, MB. */
export const ownPeakMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024)

/** The sync server as it is installed, with its own settings; `cheap`: passwords that cost nothing, for a quick run. */
export const startSyncServer = (folder: string, cheap: boolean) =>
  started([path('../../../sync-server/cli/main.ts'), 'serve', '--json', '--data', folder], { PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...(cheap ? { CALLBOARD_TEST_CHEAP_PASSWORDS: '1' } : {}) }, z.object({ url: z.string(), first_code: z.string() }))

export const startPlainServer = (file: string, table: PlainTable) => started([path('./plain-child.ts'), file, JSON.stringify(table)], {}, z.object({ port: z.int() }))

export interface Wire {
  up: number
  down: number
}
/** Counts every byte that this process sends and receives over connections it opens, headers and all. */
export function countWire(): () => Wire {
  const sockets: Socket[] = []
  const Opened = z.object({ socket: z.custom<Socket>((value) => typeof value === 'object' && value !== null && 'bytesWritten' in value) })
  subscribe('net.client.socket', (message) => {
    const opened = Opened.safeParse(message)
    if (opened.success) sockets.push(opened.data.socket)
  })
  return () => sockets.reduce<Wire>((sum, { bytesWritten, bytesRead }) => ({ up: sum.up + bytesWritten, down: sum.down + bytesRead }), { up: 0, down: 0 })
}
