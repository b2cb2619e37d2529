/** Memory of the process that draws a page. */
import { existsSync, readFileSync } from 'node:fs'
import type { Browser, Page } from '@playwright/test'
import { z } from 'zod'

const MB = 1024 * 1024
const Processes = z.object({ processInfo: z.array(z.object({ type: z.string(), id: z.number(), cpuTime: z.number() })) })

export interface Memory {
  /** Of the whole process, as the system counts it; null where the system does not say. */
  readonly process_mb: number | null
  /** What scripts hold after garbage was collected. */
  readonly heap_mb: number
}

/** Of the renderer that has worked most: the one of the page that is measured. */
export async function memoryOf(browser: Browser, page: Page): Promise<Memory> {
  const own = await page.context().newCDPSession(page)
  await own.send('HeapProfiler.collectGarbage')
  await own.send('Performance.enable')
  const { metrics } = await own.send('Performance.getMetrics')
  await own.detach()
  const whole = await browser.newBrowserCDPSession()
  const { processInfo } = Processes.parse(await whole.send('SystemInfo.getProcessInfo'))
  await whole.detach()
  const [busiest] = processInfo.filter(({ type }) => type === 'renderer').sort((a, b) => b.cpuTime - a.cpuTime)
  const status = `/proc/${busiest?.id ?? 0}/status`
  const resident = existsSync(status) ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1] : undefined
  return { process_mb: resident === undefined ? null : (Number(resident) * 1024) / MB, heap_mb: (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / MB }
}
