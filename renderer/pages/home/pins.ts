import { useMemo } from 'react'
import { listMarks, setMark } from '../../app/host-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'

const PIN = 'project.pinned.'
const OPENED = 'project.opened.'

export interface Pins {
  has(id: string): boolean
  toggle(id: string): void
  /** Notes that it was opened now. */
  opened(id: string): void
  /** Pinned first, then those opened last, then as given. */
  sorted<T extends { id: string }>(rows: readonly T[]): readonly T[]
}

/** What the person pinned and opened: theirs alone, on this computer. */
export function usePins(): Pins {
  const org = useOrg() ?? ''
  const { answer } = useAnswer(listMarks, org ? { org, prefix: 'project.' } : null, { org: null })
  const set = useCommand(setMark, { org: null })
  const { pinned, at } = useMemo(() => {
    const marks = answer?.value.items ?? []
    const after = (prefix: string) => marks.flatMap(({ key, set_at }) => (key.startsWith(prefix) ? [[key.slice(prefix.length), set_at] as const] : []))
    return { pinned: new Map(after(PIN)), at: new Map(after(OPENED)) }
  }, [answer])
  return {
    has: (id) => pinned.has(id),
    toggle: (id) => void set.run({ org, key: PIN + id, value: pinned.has(id) ? null : true }),
    opened: (id) => void set.run({ org, key: OPENED + id, value: Date.now() }),
    sorted: (rows) => [...rows].sort((one, other) => Number(pinned.has(other.id)) - Number(pinned.has(one.id)) || (at.get(other.id) ?? '').localeCompare(at.get(one.id) ?? '')),
  }
}
