import type { ReactNode } from 'react'
import type { Asked } from '../app/queries.ts'
import { SidePanel } from '../components/SidePanel.tsx'
import { ErrorState, LoadingSkeleton } from '../components/States.tsx'
import { useT } from '../i18n/index.ts'

/** The panel of a record that is still being read, or could not be. */
export function PendingPanel({ asked, record, onClose }: { asked: Pick<Asked<unknown>, 'failure' | 'retry'>; record: string; onClose: () => void }): ReactNode {
  const t = useT()
  return (
    <SidePanel title={asked.failure ? t('error.title') : '…'} record={record} onClose={onClose}>
      {asked.failure ? <ErrorState failure={asked.failure} onRetry={asked.retry} /> : <LoadingSkeleton rows={6} />}
    </SidePanel>
  )
}
