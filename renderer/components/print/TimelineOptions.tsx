import { timelineGroups, timelineSpans } from '../../../shared/domain/documents/operations.ts'
import type { AskedTimeline } from '../../../shared/domain/documents/operations.ts'
import type { Plain } from '../../app/client.ts'
import { useT } from '../../i18n/index.ts'
import { Select } from '../Field.tsx'
import type { Choices } from './print-choices.ts'

interface TimelineOptionsProps {
  days: Plain<AskedTimeline>
  chosen: Pick<Choices, 'period' | 'span' | 'group'>
  /** To scale: pages and rows are chosen too. */
  drawn: boolean
  onChange: (part: Partial<Choices>) => void
}

/** Which days of the planning, on how many pages, with what as rows. */
export function TimelineOptions({ days, chosen, drawn, onChange }: TimelineOptionsProps) {
  const t = useT()
  const whole = chosen.period === 'whole'
  return (
    <>
      <Select
        label={t('print.period')}
        value={whole ? 'whole' : 'shown'}
        choices={[{ value: 'shown', label: t('print.period_shown') }, { value: 'whole', label: t('print.period_whole') }]}
        onChange={(value) => onChange({ period: value === 'whole' ? 'whole' : 'shown' })}
      />
      {drawn && !whole && (
        <Select
          label={t('print.span')}
          value={chosen.span ?? days.span ?? 'week'}
          choices={timelineSpans.map((span) => ({ value: span, label: t(`print.span.${span}`) }))}
          onChange={(value) => onChange({ span: timelineSpans.find((span) => span === value) ?? null })}
        />
      )}
      {drawn && !whole && (
        <Select
          label={t('print.group')}
          value={chosen.group ?? days.group ?? 'person'}
          choices={timelineGroups.map((group) => ({ value: group, label: t(`print.group.${group}`) }))}
          onChange={(value) => onChange({ group: timelineGroups.find((group) => group === value) ?? null })}
        />
      )}
    </>
  )
}
