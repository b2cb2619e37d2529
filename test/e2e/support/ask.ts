import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'

/** Asks the core as the page does, over the host's own transport. For what a spec looks up; what it does goes through the screens. */
export async function ask<T>(page: Page, name: string, input: unknown, org?: string): Promise<T> {
  const text = await page.evaluate(
    async (call) => {
      if (window.callboard) return window.callboard.call(call)
      const authorization = `Bearer ${window.sessionStorage.getItem('callboard.token') ?? ''}`
      const answer = await fetch('/api/v1/call', { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: call })
      return answer.text()
    },
    JSON.stringify({ name, input, id: randomUUID(), ...(org ? { org } : {}) }),
  )
  const answer: { value: T } | { error: { code: string; details: unknown } } = JSON.parse(text)
  if ('error' in answer) throw new Error(`${name}: ${answer.error.code} ${JSON.stringify(answer.error.details)}`)
  return answer.value
}
