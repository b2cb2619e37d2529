import { call } from './client.ts'
import { writeReport } from './watching.ts'

/** Sends to the host, on this computer, what broke on the page. It redacts and keeps it; nothing leaves the computer. */
export function reportError(error: unknown): void {
  const { name, message, stack } = error instanceof Error ? { name: error.name, message: error.message, stack: error.stack ?? '' } : { name: 'Error', message: String(error), stack: '' }
  const cut = (text: string, most: number): string => text.slice(0, most)
  // A report that cannot be written must not break the page a second time.
  call(writeReport, { name: cut(name, 200), message: cut(message, 4000), stack: cut(stack, 20_000), place: cut(window.location.pathname, 500) }).catch(() => undefined)
}

/** Errors that nothing caught, and promises that nobody waited for. */
export function reportUncaught(): void {
  window.addEventListener('error', (event) => {
    // ResizeObserver says so when a layout took two rounds; nothing is broken.
    if (!event.message.startsWith('ResizeObserver loop')) reportError(event.error ?? event.message)
  })
  window.addEventListener('unhandledrejection', (event) => reportError(event.reason))
}
