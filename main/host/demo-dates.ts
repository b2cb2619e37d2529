/** `now`: the show is on the coming Saturday. `clock_change`: on its own date, the eve of the night with 25 hours. */
export const demoDates = ['now', 'clock_change'] as const
export type DemoDate = (typeof demoDates)[number]
