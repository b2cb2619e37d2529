import { PanelBottomClose } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import { useProject } from '../../app/context.tsx'
import { Button } from '../../components/Button.tsx'
import { useT } from '../../i18n/index.ts'
import { Board } from './board/Board.tsx'
import type { Plan, PlanBar } from './plan.ts'
import type { View } from './PlanningHeader.tsx'
import { PlanTable } from './PlanTable.tsx'
import type { BulkStep } from './proposal/bulk/step.ts'
import { Docked } from './proposal/Docked.tsx'
import { ProposalBar } from './proposal/ProposalBar.tsx'
import { TimesDialog } from './proposal/TimesDialog.tsx'
import type { Proposal } from './proposal/use-proposal.ts'
import { useSplit } from './split-height.ts'
import { SplitPane } from './SplitPane.tsx'
import { TimelinePane } from './TimelinePane.tsx'
import type { FilteredPlan } from './use-plan-filter.ts'
import type { Selection } from './use-selection.ts'
import type { TimeView } from './use-time-view.ts'

interface PlanningViewsProps {
  view: View
  plan: Plan
  filtered: FilteredPlan
  /** Rows of the filter in the order of the table. */
  rows: readonly PlanBar[]
  selection: Selection
  time: TimeView
  open: string
  onOpen: (id: string) => void
  mayUpdate: boolean
  /** Null: this person changes nothing here. */
  onStep: ((step: BulkStep) => void) | null
  bulk: ReactNode
  proposal: Proposal
  /** Windows and persons may be proposed otherwise. */
  mayChange: boolean
}

interface Revealed {
  readonly id: string
  readonly at: number
}

/** Timeline with its linked table, board, or table alone. What one shows on purpose the other brings into view. */
export function PlanningViews({ view, plan, filtered, rows, selection, time, open, onOpen, mayUpdate, onStep, bulk, proposal, mayChange }: PlanningViewsProps) {
  const t = useT()
  const { zone } = useProject()
  const setSplit = useSplit((state) => state.set)
  const [inTimeline, setInTimeline] = useState<Revealed | null>(null)
  const [inTable, setInTable] = useState<Revealed | null>(null)
  const [timed, setTimed] = useState<string | null>(null)
  const [shownAs, setShownAs] = useState(view)
  if (shownAs !== view) {
    // The view stands where its address says: what was looked at before moves it no more.
    setShownAs(view)
    setInTimeline(null)
    setInTable(null)
  }
  const showInTable = useCallback((id: string) => setInTable((before) => ({ id, at: (before?.at ?? 0) + 1 })), [])
  const showInTimeline = useCallback((id: string) => setInTimeline((before) => ({ id, at: (before?.at ?? 0) + 1 })), [])
  const { selected, set } = selection
  const selectOnTimeline = useCallback(
    (ids: ReadonlySet<string>) => {
      // The one that came last is the one looked at.
      const added = [...ids].findLast((id) => !selected.has(id))
      if (added !== undefined) showInTable(added)
      set(ids)
    },
    [selected, set, showInTable],
  )
  const table = (
    <PlanTable
      rows={rows}
      zone={zone}
      selection={selection}
      open={open}
      onOpen={onOpen}
      mayUpdate={mayUpdate}
      bulk={bulk}
      bulkKeys={onStep ? { s: () => onStep('cancel'), r: () => onStep('replace'), d: () => onStep('shift') } : {}}
      reveal={inTable}
      onActive={showInTimeline}
      end={view === 'timeline' && <Button small kind="quiet" iconOnly icon={PanelBottomClose} label={t('planning.split_close')} title={`${t('planning.split_close')} (Ctrl J)`} onClick={() => setSplit({ open: false })} />}
    />
  )
  const bar = <ProposalBar proposal={proposal} />
  if (view !== 'timeline') {
    return <Docked bar={bar}>{view === 'table' ? table : <Board plan={plan} filtered={filtered} selection={selection} open={open} onOpen={onOpen} />}</Docked>
  }
  const times = timed === null ? undefined : plan.barOf.get(timed)
  return (
    <>
      <SplitPane
        above={
          <TimelinePane
            plan={plan}
            filtered={filtered}
            selection={{ ...selection, set: selectOnTimeline }}
            time={time}
            onOpen={(id) => {
              showInTable(id)
              onOpen(id)
            }}
            onStep={(id, next) => {
              selectOnTimeline(new Set([id]))
              onStep?.(next)
            }}
            onTimes={setTimed}
            reveal={inTimeline}
            proposal={{ ghosts: proposal.ghosts, ghostConflict: proposal.conflict, onIntent: mayChange ? proposal.intent : null, onCancelIntent: proposal.cancel, onApply: proposal.apply }}
          />
        }
        between={bar}
        below={table}
      />
      {times && mayChange && <TimesDialog bar={times} ghost={proposal.ghosts.find(({ id }) => id === times.id)} onIntent={proposal.intent} onClose={() => setTimed(null)} />}
    </>
  )
}
