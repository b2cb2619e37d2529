import { useMemo } from 'react'
import { usePreferences } from '../../app/preferences.ts'
import { useT } from '../../i18n/index.ts'
import type { Key, Translate } from '../../i18n/index.ts'

export const recordKinds = ['people', 'missions', 'assignments', 'locations'] as const
export type RecordKind = (typeof recordKinds)[number]
export type Counts = Readonly<Record<RecordKind, number>>

/** Kinds that have something, with their number. */
export const countedWords = (counts: Counts): readonly (readonly [RecordKind, number])[] => recordKinds.flatMap((kind) => (counts[kind] > 0 ? [[kind, counts[kind]] as const] : []))

const countKey = (kind: RecordKind): Key => `import.count.${kind}`

export const sayCounted = (t: Translate, language: string, found: readonly (readonly [RecordKind, number])[]): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(found.map(([kind, count]) => t(countKey(kind), { count })))

/** `44 personnes et 3 lieux` */
export function useCounted(): (found: readonly (readonly [RecordKind, number])[]) => string {
  const t = useT()
  const language = usePreferences((state) => state.language)
  return useMemo(() => (found) => sayCounted(t, language, found), [t, language])
}
