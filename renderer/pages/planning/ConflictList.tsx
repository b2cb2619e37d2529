import type { ConflictRow } from '../../app/conflicts.ts'
import { RowList } from '../../components/RowList.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { ConflictWords } from './ConflictLine.tsx'

export function ConflictList({ conflicts, zone }: { conflicts: readonly ConflictRow[]; zone: string }) {
  const t = useT()
  return (
    <RowList
      none={t('assignment.conflicts_none')}
      removeLabel=""
      rows={conflicts.map((conflict) => ({ id: conflict.id, name: wordOf(t, 'conflict', conflict.kind), content: <ConflictWords conflict={conflict} zone={zone} /> }))}
    />
  )
}
