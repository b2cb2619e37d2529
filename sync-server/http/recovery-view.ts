/** The recovery of a restored server as the console shows it: with the names of people, computers, projects and sheets. */
import { keyOfRow, rowsNamed, titlesOf } from '../../shared/core/kept-titles.ts'
import type { ConsoleNumber, ConsoleRecovery, MissingNumber } from '../../shared/domain/sync/recovery.ts'
import type { Authority } from '../../shared/sync/contracts.ts'
import { numberedFields } from '../../shared/sync/numbered.ts'

interface Names {
  nameOf(user: string): string
  deviceNameOf(device: string): string | null
}

export async function consoleRecovery(authority: Authority, { nameOf }: Names): Promise<ConsoleRecovery | null> {
  const state = await authority.recovery()
  return state && { ...state, rights: state.rights.map((right) => ({ ...right, by_name: nameOf(right.by) })) }
}

/** Which kind of record a series of numbers runs in. */
function holderOf({ entity, field }: Pick<MissingNumber, 'entity' | 'field'>): string | null {
  const known = numberedFields().find((one) => one.entity.name === entity && one.field === field)
  if (!known || known.series === null) return null
  return known.entity.fields[known.series]?.references ?? (known.series === 'project_id' ? 'project' : null)
}

export async function consoleNumbers(authority: Authority, numbers: readonly MissingNumber[], { nameOf, deviceNameOf }: Names): Promise<ConsoleNumber[]> {
  const reader = authority.core.reader()
  const refs = numbers.flatMap((one) => {
    const entity = holderOf(one)
    return entity === null || one.series === null ? [] : [{ entity, id: one.series }]
  })
  const rows = await rowsNamed(reader, refs)
  const titles = await titlesOf(reader, refs.flatMap(({ entity, id }) => {
    const row = rows.get(keyOfRow({ entity, id }))
    return row ? [{ entity, row }] : []
  }))
  return numbers.map((one) => {
    const entity = holderOf(one)
    return {
      ...one, about: entity === null || one.series === null ? null : (titles.get(keyOfRow({ entity, id: one.series }))?.title ?? null),
      told_by_name: one.told_by === null ? null : deviceNameOf(one.told_by), recorded_by_name: one.recorded_by === null ? null : nameOf(one.recorded_by),
    }
  })
}
