/** What a host holds of the core: a worker thread and a way to ask it. */
import { Worker } from 'node:worker_threads'
import { HostError, reportsFolder } from './data-folder.ts'
import type { HostCall, HostEvent, HostListener, HostOptions } from './host.ts'
import { reportCrashes } from './reports.ts'
import { answerSecrets } from './secret-relay.ts'
import type { SecretStore } from './secret-store.ts'
import type { FromWorker, ToWorker, WorkerData } from './worker.ts'

export type CoreCall = HostCall
export type { HostEvent }

export interface CoreClient {
  /** Answers one JSON text: `{"value": …}` or `{"error": …}`. Never throws for a refused call. */
  call(call: CoreCall): Promise<string>
  onEvent(listener: HostListener): () => void
  /** Writes an attachment to the open organization's folder. Throws an Error whose `failure` says why. */
  putBlob(client: string, bytes: Uint8Array): Promise<{ sha256: string; size: number }>
  close(): Promise<void>
}

/** Starts the core in its thread. Rejects with a HostError, `host.data_folder_in_use` when another process has the folder. */
export function startCore(options: Omit<HostOptions, 'secrets'> & { worker: URL | string; secrets?: Promise<SecretStore | null> }): Promise<CoreClient> {
  const { worker: file, secrets, ...rest } = options
  const workerData: WorkerData = { ...rest, relaysSecrets: secrets !== undefined }
  const silent = reportCrashes(reportsFolder(options.dataDir), options.appVersion)
  const worker = new Worker(file, { workerData })
  const hearSecret = answerSecrets(secrets ?? Promise.resolve(null), (answer) => worker.postMessage(answer))
  const waiting = new Map<number, { resolve: (text: string) => void; reject: (error: unknown) => void }>()
  const listeners = new Set<HostListener>()
  let count = 0
  type Unnumbered<M> = M extends { n: number } ? Omit<M, 'n'> : never
  const ask = (message: Unnumbered<Exclude<ToWorker, { kind: 'secret' }>>): Promise<string> =>
    new Promise((resolve, reject) => {
      const n = ++count
      waiting.set(n, { resolve, reject })
      worker.postMessage({ ...message, n })
    })
  return new Promise((resolve, reject) => {
    const client: CoreClient = {
      call: (call) => ask({ kind: 'call', text: JSON.stringify(call) }),
      onEvent(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      async putBlob(clientName, bytes) {
        const answer = JSON.parse(await ask({ kind: 'blob', client: clientName, bytes })) as { value: { sha256: string; size: number } } | { error: { code: string; message: string } }
        if ('error' in answer) throw Object.assign(new Error(answer.error.message), { failure: answer.error })
        return answer.value
      },
      async close() {
        await ask({ kind: 'close' })
        await worker.terminate()
        silent()
      },
    }
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') resolve(client)
      else if (message.kind === 'secret') hearSecret(message)
      else if (message.kind === 'failed') {
        void worker.terminate()
        reject(new HostError(message.code, message.message))
      } else if (message.kind === 'event') {
        const event = JSON.parse(message.text) as HostEvent
        for (const listener of listeners) listener(event, message.windows)
      } else {
        waiting.get(message.n)?.resolve(message.text)
        waiting.delete(message.n)
      }
    })
    worker.on('error', (error) => {
      reject(error instanceof Error ? error : new Error(String(error)))
      for (const one of waiting.values()) one.reject(error)
      waiting.clear()
    })
    worker.on('exit', () => {
      for (const one of waiting.values()) one.reject(new HostError('host.stopped', 'The core has stopped.'))
      waiting.clear()
    })
  })
}
