/**
 * What the one line under the top bar may say, the most severe first: work that cannot be kept, an order refused just now, a view that is
 * not one's own, what the exchange with the server waits for, then what can wait.
 */
export const stripKinds = [
  'file', 'revoked', 'read_only', 'refused', 'see_as', 'brake', 'disk', 'storage', 'sign_in', 'update', 'recovering', 'kept', 'retrying', 'offline', 'back', 'warning', 'amounts', 'calm',
] as const
export type StripKind = (typeof stripKinds)[number]

/** In the order in which it is to be said; alike stay as they came. */
export const mostSevere = <S extends { kind: StripKind }>(said: readonly S[]): S[] => [...said].sort((one, other) => stripKinds.indexOf(one.kind) - stripKinds.indexOf(other.kind))
