import { search } from '../domain/audit/operations.ts'
import { entityNamed } from '../domain/registry.ts'
import type { Id } from '../kernel/ids.ts'
import { searchAll } from '../store/search.ts'
import { coreHandler, type CoreHandler } from './organization-core.ts'

const everywhere = ['collaborator', 'mission', 'location', 'project', 'crew_role', 'party'] as const

export const searchHandlers: readonly CoreHandler[] = [
  coreHandler(search, async (reader, input, { engine, org, lens, person }) => {
    const limit = input.limit ?? 20
    const hits = await searchAll(engine, org, input.text, input.entities ?? everywhere, person.holding('project:read').everywhere ? limit : 200)
    const items = []
    for (const hit of hits) {
      // What the person may not see is not found either.
      const seen = !lens || lens.where(entityNamed(hit.entity))?.length === 0 || (await reader.get(entityNamed(hit.entity), hit.id as Id)) !== null
      if (seen) items.push(hit)
      if (items.length === limit) break
    }
    return { items }
  }),
]
