/** The threads that work beside the core of one host. */
import type { Journal } from '../host/journal.ts'
import type { PrintingWork } from './printing.ts'
import { openThread, threadFile, type Thread } from './thread.ts'
import type { UpkeepWork } from './upkeep.ts'

export interface Threads {
  upkeep: Thread<UpkeepWork>
  printing: Thread<PrintingWork>
  /** Waits for what was asked of them. */
  close(): Promise<void>
}

export function openThreads(journal: Journal): Threads {
  const ended = (thread: string) => (why: string) => journal.write('error', 'thread.ended', { thread, why })
  const upkeep = openThread<UpkeepWork>(threadFile('upkeep'), ended('upkeep'))
  const printing = openThread<PrintingWork>(threadFile('printing'), ended('printing'))
  return {
    upkeep, printing,
    async close() {
      await Promise.all([upkeep.close(), printing.close()])
    },
  }
}
