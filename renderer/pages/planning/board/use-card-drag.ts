import { useEffect, useRef, useState } from 'react'
import type { PointerEvent } from 'react'
import type { BoardCard } from './lanes.ts'

/** Further than a hand trembles. */
const STARTS_PX = 5

export interface CardDrag {
  readonly card: BoardCard
  readonly x: number
  readonly y: number
  /** Lane under the pointer. */
  readonly over: string | null
}

interface Place {
  lane: string | null
  /** Card that it would stand before; null: last. */
  before: string | null
}

function placeAt(x: number, y: number): Place {
  const lane = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-lane]')
  if (!lane) return { lane: null, before: null }
  const below = [...lane.querySelectorAll<HTMLElement>('[data-card]')].find((card) => {
    const { top, height } = card.getBoundingClientRect()
    return y < top + height / 2
  })
  return { lane: lane.dataset['lane'] ?? null, before: below?.dataset['card'] ?? null }
}

interface CardDragging {
  drag: CardDrag | null
  /** `onDrop`: the lane it was let go over, and the card it would stand before. */
  begin: (event: PointerEvent, card: BoardCard, onDrop: (lane: string, before: string | null) => void) => void
  justDropped: () => boolean
}

/** A card carried by the pointer; Esc puts it back. */
export function useCardDrag(): CardDragging {
  const [drag, setDrag] = useState<CardDrag | null>(null)
  const stop = useRef<(() => void) | null>(null)
  const dropped = useRef(false)
  useEffect(() => () => stop.current?.(), [])
  const begin: CardDragging['begin'] = (event, card, onDrop) => {
    dropped.current = false
    if (event.button !== 0 || !(event.target instanceof Element) || event.target.closest('button, input, label')) return
    const [fromX, fromY] = [event.clientX, event.clientY]
    let going = false
    const end = (): void => {
      window.removeEventListener('pointermove', onMove)
      window.removeEventListener('pointerup', onUp)
      window.removeEventListener('pointercancel', end)
      window.removeEventListener('keydown', onKey, true)
      stop.current = null
      setDrag(null)
    }
    const onMove = (move: globalThis.PointerEvent): void => {
      if (!going && Math.hypot(move.clientX - fromX, move.clientY - fromY) < STARTS_PX) return
      going = true
      move.preventDefault()
      setDrag({ card, x: move.clientX, y: move.clientY, over: placeAt(move.clientX, move.clientY).lane })
    }
    const onUp = (up: globalThis.PointerEvent): void => {
      const { lane, before } = placeAt(up.clientX, up.clientY)
      end()
      dropped.current = going
      if (going && lane !== null) onDrop(lane, before)
    }
    const onKey = (key: KeyboardEvent): void => {
      if (key.key !== 'Escape') return
      key.preventDefault()
      key.stopPropagation()
      dropped.current = going
      end()
    }
    window.addEventListener('pointermove', onMove)
    window.addEventListener('pointerup', onUp)
    window.addEventListener('pointercancel', end)
    window.addEventListener('keydown', onKey, true)
    stop.current = end
  }
  return { drag, begin, justDropped: () => dropped.current }
}
