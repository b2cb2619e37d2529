import { useState } from 'react'
import { useCatalogue } from '../../app/catalogue.ts'
import { Button } from '../../components/Button.tsx'
import { useT } from '../../i18n/index.ts'
import { AskFreeDialog } from './AskFreeDialog.tsx'
import { SetManyDialog } from './SetManyDialog.tsx'

/** What may be said or asked of the availability of the chosen people. */
export function BulkAvailability({ selected }: { selected: ReadonlySet<string> }) {
  const t = useT()
  const zone = useCatalogue().organization?.default_zone
  const [open, setOpen] = useState<'many' | 'ask' | null>(null)
  const people = [...selected]
  if (!zone) return null
  return (
    <>
      <Button small label={t('availability.bulk_many')} disabled={people.length === 0} onClick={() => setOpen('many')} />
      <Button small label={t('availability.bulk_ask')} disabled={people.length === 0} onClick={() => setOpen('ask')} />
      {open === 'many' && <SetManyDialog people={people} zone={zone} onClose={() => setOpen(null)} />}
      {open === 'ask' && <AskFreeDialog people={people} windows={[]} zone={zone} onClose={() => setOpen(null)} />}
    </>
  )
}
