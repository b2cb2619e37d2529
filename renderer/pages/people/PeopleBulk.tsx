import { useState } from 'react'
import { Button } from '../../components/Button.tsx'
import { useT } from '../../i18n/index.ts'
import { BulkAvailability } from '../availability/BulkAvailability.tsx'
import { ChangeDialog } from './ChangeDialog.tsx'

/** Main crew role, tags or status of the chosen people, as one gesture and one undo. */
export function PeopleBulk({ selected, onDone }: { selected: ReadonlySet<string>; onDone: () => void }) {
  const t = useT()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button small label={t('people.change')} disabled={selected.size === 0} onClick={() => setAsking(true)} />
      <BulkAvailability selected={selected} />
      {asking && (
        <ChangeDialog
          ids={[...selected]}
          onClose={() => setAsking(false)}
          onDone={() => {
            setAsking(false)
            onDone()
          }}
        />
      )}
    </>
  )
}
