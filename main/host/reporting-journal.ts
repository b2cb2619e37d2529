/** An unexpected error in the log is also a report that a person can read. What the disk refuses is said where it happens, not reported. */
import type { Journal } from './journal.ts'
import type { Reports } from './reports.ts'

export function reportingJournal(journal: Journal, reports: Reports): Journal {
  return {
    write(level, event, fields) {
      journal.write(level, event, fields)
      const { why } = fields
      if (event !== 'unexpected' || typeof why !== 'string') return
      const [head = ''] = why.split(/\n\s+at /)
      const [, name = 'Error', message = head] = /^([A-Za-z]+): ([\s\S]*)$/.exec(head) ?? []
      if (name !== 'StoreError') reports.write({ where: 'core', error: { name, message, stack: why } })
    },
  }
}
