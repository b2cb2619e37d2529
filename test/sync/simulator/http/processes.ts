/** The processes of one server: killed now and then, each started again on its port as whoever looks after them does. */
import type { ServerProcess } from '../../../fixtures/server-process.ts'
import type { Kept } from './backing.ts'
import { startProcess } from './prepared.ts'

export interface Processes {
  /** Where they listen; one that was just killed does not. */
  ports(): number[]
  /** Kills one of them in so many ms. */
  killAfter(ms: number, which: number): void
  /** No more kills; all of them answer. */
  steady(): Promise<void>
  /** What they reported as unexpected. */
  reported(): string[]
  stop(): Promise<void>
}

interface Watched {
  process: ServerProcess
  starting: Promise<void> | null
}

export async function startProcesses(kept: Kept, count: number, failed: (error: unknown) => void): Promise<Processes> {
  const logs: string[] = []
  const timers = new Set<NodeJS.Timeout>()
  const all: Watched[] = await Promise.all(Array.from({ length: count }, async () => ({ process: await startProcess(kept.folder, kept.environment), starting: null })))

  async function again(one: Watched): Promise<void> {
    const { port } = one.process
    await one.process.kill()
    logs.push(one.process.logged())
    one.process = await startProcess(kept.folder, kept.environment, port)
  }
  async function steady(): Promise<void> {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
    for (const { starting } of all) await starting
  }
  return {
    ports: () => all.map(({ process }) => process.port),
    killAfter(ms, which) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        const one = all[which % all.length]
        if (!one || one.starting) return
        one.starting = again(one).catch(failed).finally(() => (one.starting = null))
      }, ms)
      timers.add(timer)
    },
    steady,
    reported: () => [...logs, ...all.map(({ process }) => process.logged())].flatMap((log) => log.split('\n').filter((line) => line.includes('"level":"error"'))),
    async stop() {
      await steady()
      for (const { process } of all) await process.kill()
    },
  }
}
