import { ArrowUp, MoreVertical } from 'lucide-react'
import { fromMs } from '../../../../shared/kernel/instants.ts'
import { useCatalogue } from '../../../app/catalogue.ts'
import { worstFirst } from '../../../app/conflicts.ts'
import { Button } from '../../../components/Button.tsx'
import { DepartmentTag } from '../../../components/DepartmentTag.tsx'
import { Menu } from '../../../components/Menu.tsx'
import type { MenuGroup } from '../../../components/Menu.tsx'
import { useFormat } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/index.ts'
import { ConflictsOf } from '../ConflictLine.tsx'
import { Coverage } from '../Coverage.tsx'
import styles from './Board.module.css'
import type { BoardCard as Card } from './lanes.ts'

interface BoardCardProps {
  card: Card
  /** Who changed it, where that is not sent yet. */
  unsent: string | undefined
  /** The one that Tab reaches. */
  stop: boolean
  selected: boolean
  onToggle: () => void
  menu: readonly MenuGroup[]
}

/** What a card says: who or what, when, where, covered or not, in conflict or not. */
export function CardFace({ card, unsent, stop, selected, onToggle, menu }: BoardCardProps) {
  const t = useT()
  return (
    <>
      {unsent !== undefined && (
        <span className={styles['unsent']} title={t('pill.unsent_by', { name: unsent })}>
          <ArrowUp size={10} strokeWidth={2.5} aria-hidden />
          <span className="visually-hidden">{t('pill.unsent_by', { name: unsent })}</span>
        </span>
      )}
      <div className={styles['top']}>
        {card.bars.length > 0 && (
          <label className={styles['check']}>
            <input type="checkbox" tabIndex={-1} aria-label={t('table.select', { name: card.name })} checked={selected} onChange={onToggle} />
          </label>
        )}
        <strong className={styles['name']}>{[card.bar ? null : card.mission.day_code, card.name].filter(Boolean).join(' · ')}</strong>
        <ConflictsOf conflicts={worstFirst(card.bars.flatMap(({ conflicts }) => conflicts))} />
        <Menu align="end" trigger={<Button small kind="quiet" iconOnly icon={MoreVertical} tabIndex={stop ? 0 : -1} label={t('board.card_menu', { name: card.name })} />} groups={menu} />
      </div>
      {card.bar ? <AssignmentLines card={card} /> : <MissionLines card={card} />}
    </>
  )
}

function MissionLines({ card }: { card: Card }) {
  const t = useT()
  const { mission, needed, filled, held, bars } = card
  return (
    <>
      <div className={styles['line']}>
        <Times start={mission.start} end={mission.end} zone={mission.zone} />
      </div>
      <div className={styles['line']}>
        <span className={styles['where']}>{mission.location?.name ?? t('mission.no_location')}</span>
        <Coverage filled={filled} held={held} needed={needed} assigned={new Set(bars.map(({ person }) => person.id)).size} />
      </div>
    </>
  )
}

function AssignmentLines({ card: { bar, mission } }: { card: Card }) {
  const catalogue = useCatalogue()
  if (!bar) return null
  return (
    <>
      <div className={styles['line']}>
        {bar.role?.department_code && <DepartmentTag code={bar.role.department_code} />}
        <span className={styles['where']}>{bar.role ? catalogue.name(bar.role) : '—'}</span>
      </div>
      <div className={styles['line']}>
        <span className={styles['where']}>{[mission.day_code, mission.title].filter(Boolean).join(' · ')}</span>
      </div>
      <div className={styles['line']}>
        <Times start={bar.start} end={bar.end} zone={mission.zone} />
      </div>
    </>
  )
}

function Times({ start, end, zone }: { start: number; end: number; zone: string }) {
  const format = useFormat()
  return (
    <span className={styles['times']}>
      {format.dayOf(fromMs(start), zone)} {format.timeOf(fromMs(start), zone)} – {format.timeOf(fromMs(end), zone)}
    </span>
  )
}
