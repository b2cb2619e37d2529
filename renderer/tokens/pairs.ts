/** Which token is drawn on which: the test computes every pair in every theme. */
export interface Pair {
  ink: string
  ground: string
  /** Text needs 4.5 (7 in high contrast), an edge or icon 3 (4.5 in high contrast). */
  kind: 'text' | 'edge'
}

const text = (ink: string, ...grounds: string[]): Pair[] => grounds.map((ground) => ({ ink, ground, kind: 'text' }))
const edge = (ink: string, ...grounds: string[]): Pair[] => grounds.map((ground) => ({ ink, ground, kind: 'edge' }))

export const STATES = ['need', 'planned', 'proposed', 'accepted', 'confirmed', 'declined', 'canceled', 'done', 'closed'] as const
export const TONES = ['success', 'warning', 'danger', 'info', 'neutral'] as const
export const DEPARTMENTS = ['prd', 'reg', 'lum', 'son', 'vid', 'plt', 'hmc', 'rig', 'log', 'sec', 'cat', 'acc'] as const

const surfaces = ['surface-base', 'surface-raised', 'surface-overlay', 'surface-sunken', 'surface-hover']

export const PAIRS: Pair[] = [
  ...text('text-primary', ...surfaces, 'surface-selected'),
  ...text('text-secondary', ...surfaces, 'surface-selected'),
  ...text('text-muted', ...surfaces),
  ...text('text-inverse', 'surface-inverse'),
  ...text('accent-text', 'surface-base', 'surface-raised', 'surface-overlay', 'accent-tint', 'surface-selected'),
  ...text('on-action', 'action-solid', 'action-hover'),
  ...text('on-solid', 'accent-solid', 'danger-solid', 'success-solid', 'info-solid', 'neutral-solid'),
  ...text('on-warning', 'warning-solid'),
  ...TONES.flatMap((tone) => [...text(`${tone}-text`, `${tone}-tint`, 'surface-raised'), ...edge(`${tone}-border`, 'surface-raised')]),
  ...STATES.flatMap((state) => [
    ...text(`st-${state}-ink`, `st-${state}-fill`),
    ...edge(`st-${state}-edge`, 'surface-raised'),
  ]),
  ...edge('border-strong', 'surface-raised', 'surface-overlay'),
  ...edge('focus-ring', ...surfaces),
  ...edge('accent-solid', 'surface-raised'),
]

/** Department stripes are never needed for meaning (the code stands beside them): 3 on raised in every theme. */
export const STRIPES: Pair[] = DEPARTMENTS.flatMap((code) => edge(`dept-${code}`, 'surface-raised'))

export function requiredRatio(pair: Pair, theme: string): number {
  const high = theme.startsWith('hc')
  if (pair.kind === 'text') return high ? 7 : 4.5
  return high ? 4.5 : 3
}
