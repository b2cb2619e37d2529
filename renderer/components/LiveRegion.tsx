import { create } from 'zustand'

/** What is said to screen readers, once; there are no toasts. */
const useAnnouncement = create<{ text: string; turn: number }>()(() => ({ text: '', turn: 0 }))

export const announce = (text: string): void => useAnnouncement.setState((state) => ({ text, turn: state.turn + 1 }))

export function LiveRegion() {
  const { text, turn } = useAnnouncement()
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {/* The same words said twice are two announcements. */}
      <span key={turn}>{text}</span>
    </div>
  )
}
