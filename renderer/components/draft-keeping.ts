/** What is typed and not yet saved, kept by the host for the person alone: a lock, a switch or a crash loses nothing of it. */
import { z } from 'zod'
import { call, declare } from '../app/client.ts'

const Key = z.object({ org: z.string(), key: z.string() })
const keepDraft = declare('draft.keep', Key.extend({ value: z.unknown() }), z.unknown())
const readDraft = declare('draft.read', Key, z.object({ value: z.unknown() }))
const dropDraft = declare('draft.drop', Key, z.unknown())

const PAUSE_MS = 400

interface Waiting {
  timer: ReturnType<typeof setTimeout>
  send: () => Promise<void>
}
const waiting = new Map<string, Waiting>()
/** Calls go one after the other: what was typed last is what stays. */
let line: Promise<void> = Promise.resolve()
function after(send: () => Promise<unknown>): Promise<void> {
  // A draft that could not be kept must not stop the person: it is still in the form.
  line = line.then(send).then(() => undefined, () => undefined)
  return line
}

const placeOf = (org: string, key: string): string => `${org} ${key}`

export function keepSoon(org: string, key: string, value: object): void {
  const place = placeOf(org, key)
  clearTimeout(waiting.get(place)?.timer)
  const send = (): Promise<void> => {
    waiting.delete(place)
    return after(() => call(keepDraft, { org, key, value }))
  }
  waiting.set(place, { timer: setTimeout(() => void send(), PAUSE_MS), send })
}

export function dropKept(org: string, key: string): void {
  const place = placeOf(org, key)
  clearTimeout(waiting.get(place)?.timer)
  waiting.delete(place)
  void after(() => call(dropDraft, { org, key }))
}

/** What was kept under the key; null: nothing, or it cannot be read now. What waits to be kept under it goes first: a form closed and opened again at once. */
export async function readKept(org: string, key: string): Promise<unknown> {
  const held = waiting.get(placeOf(org, key))
  clearTimeout(held?.timer)
  void held?.send()
  await line
  return call(readDraft, { org, key }).then(
    (answer) => answer.value.value ?? null,
    () => null,
  )
}

/** Sends what waits, at once: before locking, switching persons or leaving the page. */
export async function flushDrafts(): Promise<void> {
  for (const { timer, send } of [...waiting.values()]) {
    clearTimeout(timer)
    void send()
  }
  await line
}

if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => void flushDrafts())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void flushDrafts()
  })
}
