/** A program under test: started, watched until it says a word, ended. */
import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const projectFolder = fileURLToPath(new URL('../../..', import.meta.url))

/** Chromium refuses its own sandbox to root. */
export const rootArguments: readonly string[] = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []

export interface Program {
  child: ChildProcess
  /** The first match in what the program says; rejects when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>
  /** Sends SIGTERM and answers the exit code. */
  end(): Promise<number | null>
}

export function startProgram(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = process.env): Program {
  const child = spawn(command, args, { cwd: projectFolder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const waiting = new Set<() => void>()
  const hear = (chunk: Buffer): void => {
    said += chunk.toString('utf8')
    for (const look of waiting) look()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return {
    child,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(said)
          if (!match) return
          waiting.delete(look)
          resolve(match)
        }
        waiting.add(look)
        look()
        void ended.then((code) => reject(new Error(`${command} ended with ${code} before it said ${String(pattern)}:\n${said}`)))
      }),
    end: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}
