/** The thread's side: answers one question after another with the functions it was given. */
import { parentPort } from 'node:worker_threads'
import { packed } from './failures.ts'
import type { FromThread, Question, Work } from './wire.ts'

export function serve(work: Work): void {
  const port = parentPort
  if (!port) throw new Error('a thread is started by the core')
  const send = (message: FromThread): void => port.postMessage(message)
  const functions: Readonly<Record<string, ((...given: never[]) => unknown) | undefined>> = work

  async function answer({ n, name, given }: Question): Promise<void> {
    try {
      const known = functions[name]
      if (!known) throw new Error(`this thread has no ${name}`)
      send({ n, answer: await known(...(given as never[])) })
    } catch (error) {
      send({ n, failure: packed(error) })
    }
  }

  let turn: Promise<void> = Promise.resolve()
  port.on('message', (question: Question) => {
    turn = turn.then(() => answer(question))
  })
}
