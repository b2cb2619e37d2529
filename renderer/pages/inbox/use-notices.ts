import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { dismissNotifications, listNotifications, listToTell, mostShown, readNotifications, snoozeNotifications, unreadNotifications } from '../../../shared/domain/notifications/operations.ts'
import { fromMs, isInstant, toMs } from '../../../shared/kernel/instants.ts'
import type { CallFailure } from '../../app/client.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { noticeLines, tellLines, type NoticeLine, type TellLine } from './items.ts'
import { tomorrowAtEight, type MatterStanding } from './matter-marks.ts'

const SHOWS = { open: 'inbox', later: 'snoozed', done: 'dismissed' } as const
/** The longest a timer of the browser waits. */
const LONGEST_MS = 2_000_000_000

/** Asked again at the instant when something that was put off comes back. */
function useAgainAt(at: string | null, ask: () => void): void {
  const latest = useRef(ask)
  useLayoutEffect(() => {
    latest.current = ask
  })
  useEffect(() => {
    if (!isInstant(at)) return undefined
    const timer = setTimeout(() => latest.current(), Math.min(LONGEST_MS, Math.max(0, toMs(at) - Date.now()) + 1_000))
    return () => clearTimeout(timer)
  }, [at])
}

export interface Notices {
  lines: readonly NoticeLine[]
  tells: readonly TellLine[]
  /** Told and not shown: older ones of a very long list. */
  older: number
  loading: boolean
  failure: CallFailure | null
  retry: () => void
}

/** What the person is told, as far as these standings go, in the language of the screen. */
export function useNotices(standings: readonly MatterStanding[]): Notices {
  const language = usePreferences((preferences) => preferences.language)
  const asked = (standing: MatterStanding) => (standings.includes(standing) ? { show: SHOWS[standing], language, limit: mostShown } : null)
  const open = useAnswer(listNotifications, asked('open'), { keep: false })
  const later = useAnswer(listNotifications, asked('later'), { keep: false })
  const done = useAnswer(listNotifications, asked('done'), { keep: false })
  const toTell = useAnswer(listToTell, (open.answer?.value.by_hand ?? 0) > 0 ? {} : null, { keep: false })
  const all = [open, later, done]
  const answers = all.flatMap(({ answer }) => (answer ? [answer.value] : []))
  const retry = (): void => {
    for (const [at, standing] of (['open', 'later', 'done'] as const).entries()) if (standings.includes(standing)) all[at]?.retry()
  }
  useAgainAt(answers[0]?.next_at ?? null, retry)
  const at = Math.max(...all.map(({ answered_at }) => answered_at))
  const lines = useMemo(
    () => noticeLines([...(open.answer?.value.items ?? []), ...(later.answer?.value.items ?? []), ...(done.answer?.value.items ?? [])], fromMs(at)),
    [open.answer, later.answer, done.answer, at],
  )
  const tells = useMemo(() => tellLines(standings.includes('open') ? (toTell.answer?.value.items ?? []) : []), [toTell.answer, standings])
  return {
    lines, tells, older: answers.reduce((sum, { items, total }) => sum + total - items.length, 0), loading: all.some(({ loading }) => loading), failure: all.find(({ failure }) => failure)?.failure ?? null, retry,
  }
}

export interface NoticeGestures {
  read: (line: NoticeLine) => void
  unread: (line: NoticeLine) => void
  done: (line: NoticeLine) => void
  /** Until tomorrow at 8 on this computer. */
  later: (line: NoticeLine) => void
  /** Here again, whether it was put aside or off. */
  reopen: (line: NoticeLine) => void
  failure: CallFailure | null
}

export function useNoticeGestures(): NoticeGestures {
  const read = useCommand(readNotifications)
  const unread = useCommand(unreadNotifications)
  const dismiss = useCommand(dismissNotifications)
  const snooze = useCommand(snoozeNotifications)
  return {
    read: ({ ids }) => void read.run({ ids: [...ids] }),
    unread: ({ ids }) => void unread.run({ ids: [...ids] }),
    done: ({ ids }) => void dismiss.run({ ids: [...ids] }),
    later: ({ ids }) => void snooze.run({ ids: [...ids], until: tomorrowAtEight() }),
    reopen: ({ ids, standing }) => void (standing === 'done' ? dismiss.run({ ids: [...ids], back: true }) : snooze.run({ ids: [...ids], until: null })),
    failure: [read, unread, dismiss, snooze].find(({ failure }) => failure)?.failure ?? null,
  }
}

/** How long an item is looked at before it counts as read: passing by with the arrows is not reading. */
const READ_AFTER_MS = 1_500

/** Marks as read what stays open; `held`: it was just marked unread by hand. */
export function useReading(line: NoticeLine | null, held: boolean, read: (line: NoticeLine) => void): void {
  const latest = useRef({ line, read })
  useLayoutEffect(() => {
    latest.current = { line, read }
  })
  const wanted = line !== null && line.unread && !held ? line.id : null
  useEffect(() => {
    if (wanted === null) return undefined
    const timer = setTimeout(() => {
      const now = latest.current
      if (now.line?.id === wanted && document.visibilityState === 'visible') now.read(now.line)
    }, READ_AFTER_MS)
    return () => clearTimeout(timer)
  }, [wanted])
}
