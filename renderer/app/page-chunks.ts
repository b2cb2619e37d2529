import { lazy } from 'react'
import type { ComponentType, LazyExoticComponent } from 'react'

const chunks: (() => Promise<unknown>)[] = []

/** A file of the application did not come. The browser answers the same failure until the window is read again. */
export class ChunkUnread extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'ChunkUnread'
  }
}

/** A part in a file of its own, read when it is first drawn. */
export function chunk<P extends object = object>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => {
    try {
      return { default: await load() }
    } catch (cause) {
      throw new ChunkUnread(cause)
    }
  })
}

/** A page in a file of its own: the first page does not wait for the others. */
export function page<P extends object = object>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  chunks.push(load)
  return chunk(load)
}

const SOON_MS = 400

/** Reads the other pages while nobody waits, one after another, so that opening any of them is immediate. */
export function readPagesWhenIdle(): () => void {
  let stopped = false
  const next = async (at: number): Promise<void> => {
    const load = chunks[at]
    if (!load || stopped) return
    // A page that cannot be read says so when it is opened.
    await load().catch(() => undefined)
    window.requestIdleCallback(() => void next(at + 1), { timeout: 1000 })
  }
  const timer = setTimeout(() => void next(0), SOON_MS)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
