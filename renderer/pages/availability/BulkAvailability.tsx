import { CalendarDays, ChevronDown, MessageCircleQuestion } from 'lucide-react'
import { useState } from 'react'
import { useCatalogue } from '../../app/catalogue.ts'
import { Button } from '../../components/Button.tsx'
import { Menu } from '../../components/Menu.tsx'
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
      <Menu
        trigger={<Button small trailing={<ChevronDown size={14} aria-hidden />} label={t('availability.bulk')} disabled={people.length === 0} />}
        groups={[
          {
            key: 'availability',
            choices: [
              { key: 'many', label: t('availability.bulk_many'), icon: CalendarDays, onChoose: () => setOpen('many') },
              { key: 'ask', label: t('availability.bulk_ask'), icon: MessageCircleQuestion, onChoose: () => setOpen('ask') },
            ],
          },
        ]}
      />
      {open === 'many' && <SetManyDialog people={people} zone={zone} onClose={() => setOpen(null)} />}
      {open === 'ask' && <AskFreeDialog people={people} windows={[]} zone={zone} onClose={() => setOpen(null)} />}
    </>
  )
}
