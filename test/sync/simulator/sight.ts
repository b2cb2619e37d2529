/** Which of the planted values each person could read at some time: looked at after every commit that may have moved somebody's rights. */
import type { OrganizationCore } from '../../../shared/core/organization-core.ts'
import { entityNamed } from '../../../shared/domain/registry.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { sessionOf, type Marker } from './world.ts'

export interface Sight {
  /** Markers as `entity/id/field`, by person. */
  readonly everReadable: ReadonlyMap<Id, ReadonlySet<string>>
  note(core: OrganizationCore): Promise<void>
}

const rights = new Set(['member', 'role', 'organization', 'assignment', 'mission', 'project', 'collaborator', 'proposal', 'history', 'import', 'invitation', 'plan', 'acceptance', 'contract'])
/** Whether an applied command of that name may let somebody see what they did not. */
export const movesSight = (name: string): boolean => rights.has(name.split('.')[0] ?? '')

/** What was put before somebody in writing says what it is about: terms of a question, a contract. Theirs to read, whatever else they see. */
const quoting = ['acceptance', 'contract_version'].map(entityNamed)

const keyOf = ({ entity, id, field }: Marker): string => `${entity}/${id}/${field}`

export function createSight(persons: readonly Id[], markers: readonly Marker[]): Sight {
  const everReadable = new Map<Id, Set<string>>(persons.map((user) => [user, new Set<string>()]))
  return {
    everReadable,
    async note(core) {
      const reader = core.reader()
      for (const [user, seen] of everReadable) {
        const open = markers.filter((marker) => !seen.has(keyOf(marker)))
        if (open.length === 0) continue
        const viewer = await core.viewer(sessionOf(user, 'sight'))
        if (!viewer) continue
        for (const marker of open) {
          const entity = entityNamed(marker.entity)
          const [row] = await reader.find(entity, { id: marker.id }, { removed: true })
          if (!row || !(await viewer.lens.sees(entity, row))) continue
          const shown: Record<string, unknown> = { ...row }
          viewer.lens.redact(entity, shown)
          if (shown[marker.field] !== null) seen.add(keyOf(marker))
        }
        for (const entity of quoting)
          for (const row of await reader.find(entity, {}, { removed: true })) {
            if (!(await viewer.lens.sees(entity, row))) continue
            const shown: Record<string, unknown> = { ...row }
            viewer.lens.redact(entity, shown)
            const said = JSON.stringify(shown)
            for (const marker of open) if (said.includes(marker.text)) seen.add(keyOf(marker))
          }
      }
    },
  }
}
