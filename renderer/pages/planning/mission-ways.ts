import type { missionStatuses } from '../../../shared/domain/planning/model.ts'

type Status = (typeof missionStatuses)[number]
export interface Way {
  to: Status
  reason: boolean
}

/** Buttons offered from each state. The core decides; a test holds these equal to its table. */
export const missionWays: Readonly<Record<Status, readonly Way[]>> = {
  draft: [
    { to: 'planned', reason: false },
    { to: 'canceled', reason: true },
  ],
  planned: [
    { to: 'draft', reason: false },
    { to: 'in_progress', reason: false },
    { to: 'canceled', reason: true },
  ],
  in_progress: [
    { to: 'done', reason: false },
    { to: 'canceled', reason: true },
  ],
  done: [{ to: 'in_progress', reason: true }],
  canceled: [{ to: 'draft', reason: true }],
}
