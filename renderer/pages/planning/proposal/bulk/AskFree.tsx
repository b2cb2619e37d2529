import { useMemo } from 'react'
import { fromMs } from '../../../../../shared/kernel/instants.ts'
import { useProject } from '../../../../app/context.tsx'
import { AskFreeDialog } from '../../../availability/AskFreeDialog.tsx'
import { mergedWindows } from './asked-windows.ts'
import type { StepProps } from './step.ts'

/** Asks the people of the chosen assignments whether they are free at these hours: of the plan, nothing but the hours is said. What is chosen stays so. */
export function AskFree({ plan, ids, onClose }: StepProps) {
  const { zone } = useProject()
  const { people, windows } = useMemo(() => {
    const bars = ids.flatMap((id) => plan.barOf.get(id) ?? [])
    return {
      people: [...new Set(bars.map(({ person }) => person.id))],
      windows: mergedWindows(bars).map(({ start, end }) => ({ start_at: fromMs(start), end_at: fromMs(end) })),
    }
  }, [plan, ids])
  return <AskFreeDialog people={people} windows={windows} zone={zone} onClose={onClose} />
}
