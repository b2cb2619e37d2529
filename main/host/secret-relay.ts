/** The core's thread asks its process for secrets: only the desktop's main process can speak to the system's keychain. */
import type { SecretStore } from './secret-store.ts'

export type SecretQuestion =
  | { kind: 'secret'; n: number; op: 'protection' }
  | { kind: 'secret'; n: number; op: 'read' | 'remove'; name: string }
  | { kind: 'secret'; n: number; op: 'write'; name: string; secret: string }
type SecretAsked = SecretQuestion extends infer Q ? (Q extends unknown ? Omit<Q, 'kind' | 'n'> : never) : never
export interface SecretAnswer {
  kind: 'secret'
  n: number
  value: string | null
  failed: boolean
}

/** In the process: answers one question after another, for what is written is one file. A secret that cannot be opened any more is none. */
export function answerSecrets(store: Promise<SecretStore | null>, send: (answer: SecretAnswer) => void): (question: SecretQuestion) => void {
  let turn: Promise<void> = Promise.resolve()
  async function answer(question: SecretQuestion): Promise<string | null> {
    const held = await store
    if (question.op === 'protection') return held?.protection ?? null
    if (!held) throw new Error('no store of secrets')
    if (question.op === 'read') return held.read(question.name).catch(() => null)
    if (question.op === 'write') await held.write(question.name, question.secret)
    else await held.remove(question.name)
    return null
  }
  return (question) => {
    turn = turn.then(() => answer(question)).then((value) => send({ kind: 'secret', n: question.n, value, failed: false }), () => send({ kind: 'secret', n: question.n, value: null, failed: true }))
  }
}

export interface AskedSecrets {
  /** The process's store as the thread sees it; null: it has none, a file is used. */
  open(): Promise<SecretStore | null>
  hear(answer: SecretAnswer): void
}

/** In the thread. */
export function askedSecrets(send: (question: SecretQuestion) => void): AskedSecrets {
  const waiting = new Map<number, { resolve(value: string | null): void; reject(error: unknown): void }>()
  let count = 0
  const ask = (asked: SecretAsked): Promise<string | null> =>
    new Promise((resolve, reject) => {
      const n = ++count
      waiting.set(n, { resolve, reject })
      send({ ...asked, kind: 'secret', n })
    })
  return {
    async open() {
      if ((await ask({ op: 'protection' })) !== 'keychain') return null
      return {
        protection: 'keychain',
        read: (name) => ask({ op: 'read', name }),
        write: async (name, secret) => void (await ask({ op: 'write', name, secret })),
        remove: async (name) => void (await ask({ op: 'remove', name })),
      }
    },
    hear({ n, value, failed }) {
      const one = waiting.get(n)
      waiting.delete(n)
      if (failed) one?.reject(new Error('the keychain refused'))
      else one?.resolve(value)
    },
  }
}
