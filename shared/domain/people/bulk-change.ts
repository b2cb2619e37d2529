/** One change said of many people at once: what it makes of each. Pure. */
import type { Id } from '../../kernel/ids.ts'
import type { PeopleChange } from './directory-operations.ts'

export interface Changed {
  tags: readonly string[]
  status: string
  /** Crew roles held, the main one first. */
  crew_role_ids: readonly Id[]
}
export interface FieldChange {
  field: 'crew_role_id' | 'tags' | 'status'
  before: unknown
  after: unknown
}

const sameTag = (one: string) => (other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** Tags after the change, in their order; the new ones last. One that differs by capitals only is the same. */
export function tagsAfter(tags: readonly string[], { add_tags = [], remove_tags = [] }: PeopleChange): string[] {
  const kept = tags.filter((tag) => !remove_tags.some(sameTag(tag)))
  for (const tag of add_tags) if (!kept.some(sameTag(tag)) && !remove_tags.some(sameTag(tag))) kept.push(tag)
  return kept
}

/** Fields that differ after the change; none: the person is so already. */
export function changesOfPerson(person: Changed, change: PeopleChange): FieldChange[] {
  const tags = tagsAfter(person.tags, change)
  const main = person.crew_role_ids[0] ?? null
  return [
    ...(change.crew_role_id !== undefined && change.crew_role_id !== main ? [{ field: 'crew_role_id' as const, before: main, after: change.crew_role_id }] : []),
    ...(tags.join('\n') === person.tags.join('\n') ? [] : [{ field: 'tags' as const, before: person.tags, after: tags }]),
    ...(change.status !== undefined && change.status !== person.status ? [{ field: 'status' as const, before: person.status, after: change.status }] : []),
  ]
}
