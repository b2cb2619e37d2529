/**
 * What must hold between rows, whoever wrote them: asked of every row that a command leaves living, once it has written everything,
 * undo and restoring included. What concerns one row alone is an invariant of its model.
 */
import type { AnyEntity } from './entity.ts'
import { acceptanceLaw, assignmentLaw } from './engagement/laws.ts'
import type { Law } from './law.ts'
import { locationLaw } from './locations/laws.ts'
import { availabilityLaw, linkedUserLaw } from './people/laws.ts'
import { dependencyLaw, missionLaw } from './planning/laws.ts'

const laws: ReadonlyMap<string, Law> = new Map([
  ['acceptance', acceptanceLaw], ['assignment', assignmentLaw], ['availability', availabilityLaw], ['dependency', dependencyLaw], ['location', locationLaw], ['member', linkedUserLaw], ['mission', missionLaw],
])
export const lawOf = (entity: AnyEntity): Law | null => laws.get(entity.name) ?? null
