/**
 * Long work in a thread of its own, so that the core's thread answers people meanwhile. The thread starts at the first question and ends
 * when it has rested for a while; questions are answered one after another.
 *
 * Laws: every question is answered or rejected. A thread that dies rejects what it had not answered with `server.thread_ended`, and the
 * next question starts another. Closing waits for what was asked.
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { detail, refuse } from '../../shared/domain/errors.ts'
import { unpacked } from './failures.ts'
import type { FromThread, Question, Work } from './wire.ts'

export interface Thread<W extends Work> {
  /** The answer of the work's function of that name; arguments and answers cross as structured clones. Rejects as it threw. */
  ask<Name extends keyof W & string>(name: Name, ...given: Parameters<W[Name]>): Promise<Awaited<ReturnType<W[Name]>>>
  close(): Promise<void>
}

interface Waiting {
  resolve(answer: unknown): void
  reject(error: unknown): void
}

const REST_MS = 60_000

/** Beside the sources this file is TypeScript like the thread's; in the desktop's bundle both are CommonJS. */
export function threadFile(name: string): string {
  const here = fileURLToPath(import.meta.url)
  return join(dirname(here), here.endsWith('.ts') ? `${name}.ts` : `${name}-thread.cjs`)
}

/** `ended`: told when the thread dies with questions unanswered. */
export function openThread<W extends Work>(file: string, ended: (why: string) => void, restMs = REST_MS): Thread<W> {
  const waiting = new Map<number, Waiting>()
  const asked = new Set<Promise<unknown>>()
  let worker: Worker | null = null
  let rest: NodeJS.Timeout | undefined
  let count = 0
  let closed = false

  function start(): Worker {
    const mine = new Worker(file)
    let why: string | null = null
    mine.on('message', (message: FromThread) => {
      const one = waiting.get(message.n)
      waiting.delete(message.n)
      if ('failure' in message) one?.reject(unpacked(message.failure))
      else one?.resolve(message.answer)
      if (waiting.size > 0 || worker !== mine) return
      // Nothing is under way: the process may end, and so may the thread.
      mine.unref()
      rest = setTimeout(() => {
        worker = null
        void mine.terminate()
      }, restMs)
      rest.unref()
    })
    mine.on('error', (error) => (why = error instanceof Error ? error.message : String(error)))
    mine.on('exit', (code) => {
      if (worker !== mine) return
      worker = null
      const words = why ?? `exit ${code}`
      if (waiting.size > 0) ended(words)
      for (const one of waiting.values()) one.reject(refuse('server.thread_ended', detail(null, 'thread_ended', null, words)))
      waiting.clear()
    })
    return mine
  }

  return {
    ask<Name extends keyof W & string>(name: Name, ...given: Parameters<W[Name]>) {
      if (closed) return Promise.reject(refuse('server.thread_ended', detail(null, 'closed')))
      clearTimeout(rest)
      const mine = (worker ??= start())
      mine.ref()
      const question: Question = { n: ++count, name, given }
      // What a function answers has its type: the wire carries it as it is.
      const answer = new Promise<Awaited<ReturnType<W[Name]>>>((resolve, reject) => {
        mine.postMessage(question)
        waiting.set(question.n, { resolve: (value) => resolve(value as Awaited<ReturnType<W[Name]>>), reject })
      })
      asked.add(answer)
      const over = (): boolean => asked.delete(answer)
      answer.then(over, over)
      return answer
    },
    async close() {
      closed = true
      await Promise.allSettled(asked)
      clearTimeout(rest)
      const last = worker
      worker = null
      await last?.terminate()
    },
  }
}
