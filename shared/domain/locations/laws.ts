import { detail, refuse } from '../errors.ts'
import type { Law } from '../law.ts'
import type { Id } from '../../kernel/ids.ts'
import { location, type locationKinds } from './model.ts'

type Kind = (typeof locationKinds)[number]
const containedIn: Readonly<Record<Kind, readonly Kind[]>> = { venue: [], site: ['venue'], room: ['venue', 'site'] }

function checkInside(kind: Kind, parent: Kind): void {
  const allowed = containedIn[kind]
  if (!allowed.includes(parent)) throw refuse('validation.invalid', detail('parent_id', 'hierarchy', allowed.join(', ') || 'none', parent))
}

/** Venue > site > room: whatever stands in a place stands lower than it, which leaves no circle. */
export const locationLaw: Law = async (reader, after, before) => {
  if (before && before['deleted_at'] === null && before['kind'] === after['kind'] && before['parent_id'] === after['parent_id']) return
  const kind = after['kind'] as Kind
  const parent = typeof after['parent_id'] === 'string' ? await reader.get(location, after['parent_id'] as Id) : null
  if (parent) checkInside(kind, parent.kind)
  // What a place just made contains was made after it, and says itself where it stands.
  if (before) for (const inside of await reader.find(location, { parent_id: String(after['id']) })) checkInside(inside.kind, kind)
}
