/** A computer on a disk that refuses writes on command: an input/output error, or a file system gone read-only under open files. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { answersOf, type Asked } from './processes.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export type Fault = 'EIO' | 'EROFS'
export interface FaultyDisk {
  /** Of this disk from here on. */
  refuse(fault: Fault): void
  mend(): void
  /** For a program whose writes under this folder it may refuse. */
  environment(folder: string): Record<string, string>
  /** The computer of this folder, whose writes it may refuse. */
  computer(folder: string, person: string): Promise<Asked & { close(): Promise<void> }>
  remove(): void
}

/** Null where there is no C compiler, or no way to put a library before the system's. */
export function makeFaultyDisk(): FaultyDisk | null {
  if (process.platform !== 'linux') return null
  const place = mkdtempSync(join(tmpdir(), 'callboard-faulty-'))
  const library = join(place, 'faulty-disk.so')
  if (spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, here('faulty-disk.c'), '-ldl']).status !== 0) {
    rmSync(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    return null
  }
  const flags: Readonly<Record<Fault, string>> = { EIO: join(place, 'eio'), EROFS: join(place, 'erofs') }
  const mend = (): void => {
    for (const flag of Object.values(flags)) rmSync(flag, { force: true })
  }
  const environment = (folder: string): Record<string, string> => ({ LD_PRELOAD: library, FAULTY_FOLDER: folder, FAULTY_EIO: flags.EIO, FAULTY_EROFS: flags.EROFS })
  return {
    mend,
    environment,
    refuse(fault) {
      mend()
      writeFileSync(flags[fault], '')
    },
    async computer(folder, person) {
      const child = spawn(process.execPath, [here('../../fixtures/asked-child.ts'), folder, person], {
        stdio: ['pipe', 'pipe', 'inherit'],
        env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'callboard-compiled'), ...environment(folder) },
      })
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      const next = async (): Promise<string> => {
        const line = await lines.next()
        if (line.done) throw new Error('the computer ended by itself')
        return line.value
      }
      await next()
      const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
      // One question at a time: answers come in the order of their lines.
      let last: Promise<unknown> = Promise.resolve()
      const send = (name: string, input: unknown, id: string | undefined): Promise<string> => {
        const mine = last.then(() => {
          child.stdin.write(`${JSON.stringify({ name, input, id })}\n`)
          return next()
        })
        last = mine.catch(() => undefined)
        return mine
      }
      return {
        ...answersOf(send),
        async close() {
          mend()
          child.stdin.end()
          await ended
        },
      }
    },
    remove: () => rmSync(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  }
}
