/**
 * Flags switch parts of the product on and off: environment > organization > defaults > fallback. Evaluation is pure and says where
 * the answer comes from. A flag never gives a permission and never changes a schema.
 */
export const flagDefaults = {
  /** A backup after the first change of each day. */
  ops_daily_backup: true,
  /** Attachments that no row names any more are cleared away, a day after. */
  ops_attachment_upkeep: true,
} as const satisfies Record<string, boolean>

export type FlagSource = 'environment' | 'organization' | 'defaults' | 'fallback'
export interface Flag {
  name: string
  enabled: boolean
  source: FlagSource
}

const truth: Readonly<Record<string, boolean>> = { '1': true, true: true, on: true, '0': false, false: false, off: false }

/** `FEATURE_PLANNING_CONFLICT_PREVIEW=off` rules over everything. */
export const environmentName = (flag: string): string => `FEATURE_${flag.toUpperCase()}`

export function evaluateFlag(
  name: string, environment: Readonly<Record<string, string | undefined>>, organization: ReadonlyMap<string, boolean>, fallback = false,
  defaults: Readonly<Record<string, boolean>> = flagDefaults,
): Flag {
  const given = truth[environment[environmentName(name)]?.toLowerCase() ?? '']
  if (given !== undefined) return { name, enabled: given, source: 'environment' }
  const held = organization.get(name)
  if (held !== undefined) return { name, enabled: held, source: 'organization' }
  const known = defaults[name]
  return known === undefined ? { name, enabled: fallback, source: 'fallback' } : { name, enabled: known, source: 'defaults' }
}
