import { search } from '../domain/audit/operations.ts'
import { entityNamed } from '../domain/registry.ts'
import type { Id } from '../kernel/ids.ts'
import { searchAll, type SearchHit } from '../store/search.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'

const everywhere = ['collaborator', 'mission', 'location', 'project', 'crew_role', 'party'] as const

/** Hits are taken in portions until enough of them are the person's to see; a common word never hides what lies behind it. */
const PORTION = 50

export const searchHandlers: readonly CoreHandler[] = [
  coreHandler(search, async (reader, input, { engine, org }) => {
    const limit = input.limit ?? 20
    const items: SearchHit[] = []
    for (let offset = 0; items.length < limit; offset += PORTION) {
      const hits = await searchAll(engine, org, input.text, input.entities ?? everywhere, PORTION, offset)
      const seen = new Set<string>()
      for (const entity of new Set(hits.map((hit) => hit.entity))) {
        const ids = hits.flatMap((hit) => (hit.entity === entity ? [hit.id as Id] : []))
        for (const id of await reader.values(entityNamed(entity), 'id', { id: ids })) seen.add(id)
      }
      items.push(...hits.filter((hit) => seen.has(hit.id)))
      if (hits.length < PORTION) break
    }
    return { items: items.slice(0, limit) }
  }),
]
