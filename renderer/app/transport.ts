/** One way to the core whatever the host: Electron's bridge (`window.callboard`) or HTTP on loopback. Texts are JSON, bytes are bytes. */
export interface HostEvent {
  type: 'changed' | 'session' | 'storage' | 'sync' | 'reconnected'
  org?: string
  entities?: string[]
  /** Of `storage`: how the organization's file is now. */
  state?: string
}

export interface Transport {
  /** Sends one call as JSON text and answers the JSON text of its envelope. Rejects only when the host cannot be reached. */
  call(text: string): Promise<string>
  /** Attachments and files to import: keeps the bytes by their hash. */
  putBlob(bytes: Uint8Array): Promise<{ sha256: string; size: number }>
  onEvent(listener: (event: HostEvent) => void): () => void
}

interface Bridge {
  call(text: string): Promise<string>
  onEvent(listener: (event: HostEvent) => void): () => void
  putBlob(bytes: Uint8Array): Promise<{ sha256: string; size: number }>
  savePdf?(name: string, bytes: Uint8Array): Promise<unknown>
  openPath?(path: string): Promise<unknown>
  platform?: string
  setLanguage?(language: 'fr' | 'en'): void
  /** Announces on the desktop; whether it was clicked. */
  notify?(title: string, body: string): Promise<boolean>
  secretProtection?(): Promise<'keychain' | 'passphrase' | 'file'>
}

declare global {
  interface Window {
    readonly callboard?: Bridge
  }
}

const TOKEN_KEY = 'callboard.token'

/** The run token comes once in the fragment (`#token=...`); it is kept for this tab and taken out of the address bar. */
export function takeToken(): string {
  const given = new URLSearchParams(window.location.hash.slice(1)).get('token')
  if (given) {
    window.sessionStorage.setItem(TOKEN_KEY, given)
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
  }
  return given ?? window.sessionStorage.getItem(TOKEN_KEY) ?? ''
}

export function openTransport(): Transport {
  const bridge = window.callboard
  return bridge ? { call: (text) => bridge.call(text), putBlob: (bytes) => bridge.putBlob(bytes), onEvent: (listener) => bridge.onEvent(listener) } : overHttp(takeToken())
}

function overHttp(token: string): Transport {
  const authorization = `Bearer ${token}`
  return {
    async call(text) {
      const answer = await fetch('/api/v1/call', { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: text })
      return answer.text()
    },
    async putBlob(bytes) {
      const answer = await fetch('/api/v1/blobs', {
        method: 'PUT',
        headers: { authorization, 'content-type': 'application/octet-stream' },
        body: new Blob([new Uint8Array(bytes)]),
      })
      if (!answer.ok) throw new Error(`The file was refused (${answer.status}).`)
      const kept: { sha256: string; size: number } = await answer.json()
      return kept
    },
    onEvent: (listener) => followEvents(authorization, listener),
  }
}

/** EventSource cannot carry the token in a header, hence the stream is read by hand. It is opened again when it breaks. */
function followEvents(authorization: string, listener: (event: HostEvent) => void): () => void {
  const stop = new AbortController()
  const follow = async (): Promise<void> => {
    for (let tries = 0; !stop.signal.aborted; tries++) {
      try {
        const answer = await fetch('/api/v1/events', { headers: { authorization, accept: 'text/event-stream' }, signal: stop.signal })
        if (answer.ok && answer.body) {
          if (tries > 0) listener({ type: 'reconnected' })
          tries = 0
          await readEvents(answer.body, listener)
        }
      } catch {
        // The host is restarting or gone: calls say so to the person, this loop only waits.
      }
      await new Promise((resume) => setTimeout(resume, Math.min(10_000, 500 * 2 ** tries)))
    }
  }
  void follow()
  return () => stop.abort()
}

async function readEvents(body: ReadableStream<Uint8Array>, listener: (event: HostEvent) => void): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    rest += decoder.decode(value, { stream: true })
    const blocks = rest.split(/\r?\n\r?\n/)
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const payload = block.split(/\r?\n/).filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart()).join('\n')
      if (payload) listener(JSON.parse(payload))
    }
  }
}
