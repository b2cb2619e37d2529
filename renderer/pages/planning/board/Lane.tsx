import { useVirtualizer } from '@tanstack/react-virtual'
import { MoreHorizontal } from 'lucide-react'
import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../../../components/Button.tsx'
import { Menu } from '../../../components/Menu.tsx'
import type { MenuGroup } from '../../../components/Menu.tsx'
import { useT } from '../../../i18n/index.ts'
import styles from './Board.module.css'
import type { BoardCard } from './lanes.ts'

/** Above, only the cards in view and ten on either side are drawn (ui 4.3). */
const VIRTUAL_ABOVE = 50
const AROUND = 10
/** Of a card and the gap below it, as Board.module.css has them. */
const CARD_HEIGHT = 116

interface LaneProps {
  lane: string
  title: ReactNode
  /** What the core asks for before a card comes here. */
  rule: string
  cards: readonly BoardCard[]
  /** Why the card in hand cannot come here; null: it can, or none is carried. */
  forbidden: string | null
  over: boolean
  /** Card that has the focus: drawn whatever is in view. */
  focused: string | null
  menu: readonly MenuGroup[]
  draw: (card: BoardCard, index: number) => ReactNode
}

export function Lane({ lane, title, rule, cards, forbidden, over, focused, menu, draw }: LaneProps) {
  const t = useT()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const virtual = cards.length > VIRTUAL_ABOVE
  const virtualizer = useVirtualizer({ count: cards.length, getScrollElement: () => box.current, estimateSize: () => CARD_HEIGHT, overscan: AROUND, enabled: virtual })
  const at = focused === null ? -1 : cards.findIndex((card) => card.id === focused)
  useEffect(() => {
    if (virtual && at >= 0) virtualizer.scrollToIndex(at)
  }, [virtual, at, virtualizer])
  const items = virtual ? virtualizer.getVirtualItems() : []
  const drawn = virtual ? items.map(({ index }) => index) : cards.map((_, index) => index)
  const before = items[0]?.start ?? 0
  const after = virtual ? Math.max(0, virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)) : 0
  return (
    <section className={styles['lane']} aria-labelledby={id} data-lane={lane} data-forbidden={forbidden !== null} data-over={over}>
      <div className={styles['head']}>
        <h2 id={id} className={styles['title']}>
          {title} <span className={styles['count']}>{cards.length}</span>
        </h2>
        {menu.length > 0 && <Menu align="end" trigger={<Button small kind="quiet" iconOnly icon={MoreHorizontal} label={t('board.lane_menu')} aria-describedby={id} />} groups={menu} />}
        {rule && <p className={styles['rule']}>{rule}</p>}
      </div>
      {forbidden && <p className={styles['why']}>{forbidden}</p>}
      <div ref={box} className={styles['cards']} role="list" aria-labelledby={id}>
        {before > 0 && <div style={{ height: before }} />}
        {drawn.map((index) => {
          const card = cards[index]
          return card && draw(card, index)
        })}
        {after > 0 && <div style={{ height: after }} />}
      </div>
    </section>
  )
}
