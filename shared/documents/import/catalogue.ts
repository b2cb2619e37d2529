/**
 * Crew roles and skills are the organization's own lists: a file names them, it does not make them. What is not in the list is kept
 * in words (a note, a tag), so that nothing typed is lost.
 */
import { fold } from '../../kernel/text.ts'
import type { PersonDraft } from './preview-types.ts'
import type { Report } from './row-window.ts'

export interface CatalogueEntry {
  id: string
  name: string
  /** Other names of the same (English). */
  also: readonly string[]
}

export interface ImportCatalogue {
  crew_roles: readonly CatalogueEntry[]
  skills: readonly CatalogueEntry[]
}

export interface CatalogueIndex {
  /** The entry's own name, whatever the case, accents and language typed; null when there is none. */
  crewRole: (typed: string) => CatalogueEntry | null
  skill: (typed: string) => CatalogueEntry | null
}

function indexOf(entries: readonly CatalogueEntry[]): (typed: string) => CatalogueEntry | null {
  const known = new Map<string, CatalogueEntry>()
  for (const entry of entries) for (const name of [entry.name, ...entry.also]) if (!known.has(fold(name))) known.set(fold(name), entry)
  return (typed) => known.get(fold(typed)) ?? null
}

export const catalogueIndex = (catalogue: ImportCatalogue): CatalogueIndex => ({ crewRole: indexOf(catalogue.crew_roles), skill: indexOf(catalogue.skills) })

/** The draft with the catalogue's names; what the catalogue lacks goes to notes (crew role) and tags (skills, department). */
export function inCatalogue(draft: PersonDraft, catalogue: CatalogueIndex, report: Report): PersonDraft {
  const role = draft.crew_role === null ? null : catalogue.crewRole(draft.crew_role)
  const unknownRole = role === null ? draft.crew_role : null
  if (unknownRole !== null) report('import.crew_role_unknown', 'crew_role', 'warning', unknownRole)
  const skills: string[] = []
  const tags = [...draft.tags]
  for (const typed of draft.skills) {
    const skill = catalogue.skill(typed)
    if (skill) skills.push(skill.name)
    else {
      report('import.skill_unknown', 'skills', 'warning', typed)
      tags.push(typed)
    }
  }
  // A crew role brings its own department.
  if (role === null && draft.department !== null) tags.push(draft.department)
  const notes = unknownRole === null ? draft.notes : draft.notes === null ? unknownRole : `${unknownRole}\n${draft.notes}`
  return { ...draft, crew_role: role?.name ?? null, department: null, skills: [...new Set(skills)], tags: [...new Set(tags)], notes }
}
