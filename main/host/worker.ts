/** The core runs here, in a worker thread: nothing it does ever blocks the window. Calls and answers cross as one JSON text. */
import { parentPort, workerData } from 'node:worker_threads'
import { createHost, type HostCall, type HostOptions } from './host.ts'
import { HostError, reportsFolder } from './data-folder.ts'
import { askedSecrets, type SecretAnswer, type SecretQuestion } from './secret-relay.ts'
import { reportCrashes } from './reports.ts'

export type ToWorker = { kind: 'call'; n: number; text: string } | { kind: 'blob'; n: number; client: string; bytes: Uint8Array } | { kind: 'close'; n: number } | SecretAnswer
/** The options of the host, as far as they can cross. */
export type WorkerData = Omit<HostOptions, 'secrets'> & { relaysSecrets: boolean }
export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'failed'; code: string; message: string }
  | { kind: 'answer'; n: number; text: string }
  | { kind: 'event'; text: string; windows: readonly string[] }
  | SecretQuestion

const port = parentPort
if (!port) throw new Error('the core worker is started by a host')
const send = (message: FromWorker): void => port.postMessage(message)

// Not awaited at the top: the desktop's bundle of this file is CommonJS.
const serve = async (): Promise<void> => {
  try {
    const { relaysSecrets, ...options } = workerData as WorkerData
    const secrets = askedSecrets(send)
    port.on('message', (message: ToWorker) => {
      if (message.kind === 'secret') secrets.hear(message)
    })
    reportCrashes(reportsFolder(options.dataDir), options.appVersion)
    const host = await createHost({ ...options, secrets: (relaysSecrets ? await secrets.open() : null) ?? undefined })
    host.onEvent((event, windows) => send({ kind: 'event', text: JSON.stringify(event), windows }))
    port.on('message', (message: ToWorker) => {
      if (message.kind === 'secret') return
      const answer = async (): Promise<string> => {
        if (message.kind === 'call') return host.call(JSON.parse(message.text) as HostCall)
        if (message.kind === 'blob') return JSON.stringify({ value: await host.putBlob(message.client, message.bytes) })
        await host.close()
        return '{}'
      }
      answer().then(
        (text) => send({ kind: 'answer', n: message.n, text }),
        (error: unknown) => {
          const failure = error instanceof Error && 'failure' in error ? error.failure : { code: 'server.unexpected', message: 'Something unexpected happened.', details: [] }
          send({ kind: 'answer', n: message.n, text: JSON.stringify({ error: failure }) })
        },
      )
    })
    send({ kind: 'ready' })
  } catch (error) {
    send({ kind: 'failed', code: error instanceof HostError ? error.code : 'host.failed', message: error instanceof Error ? error.message : String(error) })
  }
}

void serve()
