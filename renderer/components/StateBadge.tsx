import { Ban, Check, CheckCheck, Circle, CircleDashed, Clock3, Contrast, LockKeyhole, Play, X } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useT, wordOf } from '../i18n/index.ts'
import styles from './Badges.module.css'

interface Form {
  style: string
  icon: LucideIcon
  extra?: LucideIcon
}

/** One form per engagement state: fill, edge and glyph together, so that none needs its colour (ui 3.2). */
const engagement: Readonly<Record<string, Form>> = {
  need: { style: 'need', icon: CircleDashed },
  planned: { style: 'planned', icon: Contrast },
  proposed: { style: 'proposed', icon: Clock3 },
  accepted: { style: 'accepted', icon: Check },
  confirmed: { style: 'confirmed', icon: Check },
  executed: { style: 'done', icon: CheckCheck },
  closed: { style: 'closed', icon: CheckCheck, extra: LockKeyhole },
  declined: { style: 'declined', icon: X },
  canceled: { style: 'canceled', icon: Ban },
}

const mission: Readonly<Record<string, Form>> = {
  draft: { style: 'need', icon: CircleDashed },
  planned: { style: 'info', icon: Circle },
  in_progress: { style: 'success', icon: Play },
  done: { style: 'done', icon: CheckCheck },
  canceled: { style: 'canceled', icon: Ban },
}

const revision: Readonly<Record<string, Form>> = {
  draft: { style: 'need', icon: CircleDashed },
  validated: { style: 'accepted', icon: Check },
  published: { style: 'confirmed', icon: Check },
  archived: { style: 'neutral', icon: LockKeyhole },
}

const families = { engagement, mission, revision } as const

export function StateBadge({ family, state, reason }: { family: keyof typeof families; state: string; reason?: string | null }) {
  const t = useT()
  // A refusal is a cancellation with a reason; it is drawn apart (ui, head).
  const shown = family === 'engagement' && state === 'canceled' && reason === 'declined_by_collaborator' ? 'declined' : state
  const form = families[family][shown] ?? { style: 'neutral', icon: Circle }
  const { icon: Icon, extra: Extra } = form
  return (
    <span className={`${styles['state']} ${styles[form.style] ?? ''}`}>
      <Icon size={12} strokeWidth={2.25} aria-hidden />
      <span className={styles['word']}>{wordOf(t, `state.${family}`, shown)}</span>
      {Extra && <Extra size={11} strokeWidth={2.25} aria-hidden />}
    </span>
  )
}
