import { useMemo } from 'react'
import { z } from 'zod'
import type { MatterItem } from '../../../shared/domain/matters/operations.ts'
import { fromLocal, fromMs, DAY, isInstant, localDateOf } from '../../../shared/kernel/instants.ts'
import { listMarks, setMark } from '../../app/host-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { hostZone } from '../../i18n/format.ts'

const PREFIX = 'matter:'
const Mark = z.object({ state: z.enum(['done', 'later']), fingerprint: z.string(), until: z.string().nullable() })
type Mark = z.infer<typeof Mark>

/** `open`: nothing was said of it, or it changed since, or its pause is over. */
export type MatterStanding = 'open' | 'later' | 'done'

/** A matter as it was when it was put aside. */
export type NamedMatter = Pick<MatterItem, 'id' | 'fingerprint'>

export interface MatterMarks {
  standingOf(matter: MatterItem): MatterStanding
  /** What stands so now. */
  aside(...standings: readonly Exclude<MatterStanding, 'open'>[]): NamedMatter[]
  done(matter: MatterItem): void
  /** Until tomorrow at 8 on this computer. */
  later(matter: MatterItem): void
  reopen(matter: MatterItem): void
}

const holds = ({ state, until }: Mark): boolean => state === 'done' || (isInstant(until) && until > new Date().toISOString())

export function tomorrowAtEight(): string {
  const zone = hostZone()
  return fromLocal(localDateOf(fromMs(Date.now() + DAY), zone), '08:00', zone)
}

/** What this person put aside: kept on this computer for them alone; the core's list is the same for everybody. */
export function useMatterMarks(): MatterMarks {
  const org = useOrg() ?? ''
  const { answer } = useAnswer(listMarks, org ? { org, prefix: PREFIX } : null, { org: null })
  const set = useCommand(setMark, { org: null })
  const marks = useMemo(() => {
    const known = new Map<string, Mark>()
    for (const { key, value } of answer?.value.items ?? []) {
      const mark = Mark.safeParse(value)
      if (mark.success) known.set(key.slice(PREFIX.length), mark.data)
    }
    return known
  }, [answer])
  const keep = (matter: MatterItem, mark: Omit<Mark, 'fingerprint'> | null): void =>
    void set.run({ org, key: `${PREFIX}${matter.id}`, value: mark === null ? null : { ...mark, fingerprint: matter.fingerprint } })
  return {
    standingOf(matter) {
      const mark = marks.get(matter.id)
      return mark?.fingerprint === matter.fingerprint && holds(mark) ? mark.state : 'open'
    },
    aside: (...standings) => [...marks].flatMap(([id, mark]) => (standings.includes(mark.state) && holds(mark) ? [{ id, fingerprint: mark.fingerprint }] : [])),
    done: (matter) => keep(matter, { state: 'done', until: null }),
    later: (matter) => keep(matter, { state: 'later', until: tomorrowAtEight() }),
    reopen: (matter) => keep(matter, null),
  }
}
