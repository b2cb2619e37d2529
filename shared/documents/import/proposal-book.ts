import type { Instant } from '../../kernel/instants.ts'
import { sha256 } from '../../kernel/hashing.ts'
import { fold } from '../../kernel/text.ts'
import type { IdentityChoice } from './decisions.ts'
import type { PeopleIndex, PersonHit, PersonIdentity } from './people-index.ts'
import { emailKey, peopleIndex } from './people-index.ts'
import { nameKey } from './names.ts'
import { parsePhone } from './phones.ts'
import type {
  AssignmentDraft,
  Decision,
  ExistingLocation,
  ExistingMission,
  ExistingPerson,
  ExistingRecords,
  ExternalRef,
  FieldChange,
  ImportProposals,
  LocationDraft,
  MissionDraft,
  PersonDraft,
  Proposal,
} from './preview-types.ts'

/**
 * Gathers what rows propose: one proposal per place, person, mission and assignment of the file, matched with what exists.
 * Drafts refer to one another by key, so that a later step can write them in order.
 */
export interface ProposalBook {
  location: (name: string, row: number) => string
  /**
   * `ambiguous`: several people of the file, or of the directory, answer to this name. `again`: the file spoke of them before.
   * Null when the external id belongs already to somebody else of the file.
   */
  person: (draft: PersonDraft, externalId: string | null, row: number) => { key: string; ambiguous: boolean; again: boolean } | null
  /** Null when the external id belongs already to another mission of the file. */
  mission: (draft: MissionDraft, externalId: string | null, row: number) => { key: string; again: boolean } | null
  /** The mission that exists under that id, title or day code, entered in the book without change. */
  existingMission: (reference: string, start: Instant | null, row: number) => { key: string; mission: ExistingMission } | null
  /** Null when the file said the same before. */
  assignment: (draft: AssignmentDraft, externalId: string | null, row: number) => { key: string } | null
  finish: () => ImportProposals
}

interface Matched<Draft, Existing> {
  proposal: Proposal<Draft>
  existing: Existing | null
}

const isFrom = (external: readonly ExternalRef[], source: string, id: string): boolean =>
  external.some((ref) => ref.source === source && ref.external_id === id)

/** The key under which a place is entered, whether or not it has been. */
export const locationKey = (name: string): string => keyOf('place', fold(name))

/** A key that fits in an external id, however long what it is made from. */
export function keyOf(prefix: string, text: string): string {
  return `${prefix}:${text.length > LONGEST_IN_KEY ? sha256(text) : text}`
}
const LONGEST_IN_KEY = 180
const MOST_CANDIDATES = 12

const startKey = (title: string, start: Instant): string => `${fold(title)}@${start}`

/** Fills what the first mention left blank; lists are joined. */
function enrich<Draft extends object>(draft: Draft, more: Draft): Draft {
  const filled: Record<string, unknown> = Object.fromEntries(Object.entries(draft))
  for (const [field, value] of Object.entries(more)) {
    const known = filled[field]
    if (known === null) filled[field] = value
    else if (Array.isArray(known) && Array.isArray(value)) filled[field] = joinLists(known.map(String), value.map(String))
  }
  return { ...draft, ...filled }
}

/** Both lists, compared folded, first spelling kept. */
function joinLists(first: readonly string[], second: readonly string[]): string[] {
  const seen = new Set<string>()
  return [...first, ...second].filter((item) => {
    const key = fold(item)
    return seen.has(key) ? false : Boolean(seen.add(key))
  })
}

/** What an import may change of an existing record: never blanks a value, only adds to lists. */
function changesOf(existing: Readonly<Record<string, unknown>>, given: Readonly<Record<string, unknown>>): FieldChange[] {
  const changes: FieldChange[] = []
  for (const [field, value] of Object.entries(given)) {
    const old = existing[field]
    if (old === undefined || value === null || value === '') continue
    if (Array.isArray(value)) {
      const joined = joinLists(Array.isArray(old) ? old.map(String) : [], value.map(String))
      if (joined.length > (Array.isArray(old) ? old.length : 0)) changes.push({ field, old, new: joined })
    } else if (old !== value) changes.push({ field, old, new: value })
  }
  return changes
}

const samePerson = (a: PersonDraft, b: PersonDraft): boolean =>
  nameKey(a.full_name) === nameKey(b.full_name) || (a.email !== null && b.email !== null && emailKey(a.email) === emailKey(b.email))

const decide = (matched: boolean, changes: readonly FieldChange[]): Decision =>
  !matched ? 'create' : changes.length > 0 ? 'update' : 'skip'

/** What a person said of who is who. */
export interface BookChoices {
  identities?: readonly IdentityChoice[] | undefined
  /** Rows whose person is somebody else than the one of the same name, e-mail or telephone above. */
  apart_rows?: readonly number[] | undefined
  /** A name alone does not make somebody of the directory: someone must say so. */
  names_need_a_choice?: boolean | undefined
}

const yearOf = (date: string | null | undefined): number | null => (date ? Number(date.slice(0, 4)) : null)

export function proposalBook(source: string, existing: ExistingRecords, country: string, choices: BookChoices = {}): ProposalBook {
  const chosen = new Map((choices.identities ?? []).map(({ key, as }) => [key, as]))
  const apartRows = new Set(choices.apart_rows ?? [])
  const peopleById = new Map(existing.people.map((person) => [person.id, person]))

  const locations = new Map<string, Matched<LocationDraft, ExistingLocation>>()
  const people = new Map<string, Matched<PersonDraft, ExistingPerson>>()
  const missions = new Map<string, Matched<MissionDraft, ExistingMission>>()
  const assignments = new Map<string, Proposal<AssignmentDraft>>()
  const taken = new Set<string>()
  const fileIndex: PeopleIndex<string> = peopleIndex()
  const directory: PeopleIndex<ExistingPerson> = peopleIndex()
  const peopleByExternal = new Map<string, ExistingPerson>()
  for (const person of existing.people) {
    directory.add({ ...person, birth_year: yearOf(person.birth_date), phone_e164: person.phone === null ? null : (parsePhone(person.phone, country)?.e164 ?? null) }, person)
    for (const ref of person.external) if (ref.source === source) peopleByExternal.set(ref.external_id, person)
  }
  const missionsByExternal = new Map<string, ExistingMission>()
  const missionsByStart = new Map<string, ExistingMission>()
  const missionsByReference = new Map<string, ExistingMission[]>()
  for (const mission of existing.missions) {
    for (const ref of mission.external) if (ref.source === source) missionsByExternal.set(ref.external_id, mission)
    missionsByStart.set(startKey(mission.title, mission.starts_at), mission)
    const references = [mission.title, mission.day_code ?? '', ...mission.external.map((ref) => ref.external_id)]
    for (const reference of new Set(references.map(fold))) {
      if (reference !== '') missionsByReference.set(reference, [...(missionsByReference.get(reference) ?? []), mission])
    }
  }

  const touch = (rows: number[], row: number): void => {
    if (rows.at(-1) !== row) rows.push(row)
  }

  function location(name: string, row: number): string {
    const key = locationKey(name)
    const known = locations.get(key)
    if (known) {
      touch(known.proposal.rows, row)
      return key
    }
    const byExternal = existing.locations.find((place) => isFrom(place.external, source, key))
    const match = byExternal ?? existing.locations.find((place) => fold(place.name) === fold(name)) ?? null
    locations.set(key, {
      existing: match,
      proposal: {
        key,
        external: { source, external_id: key },
        rows: [row],
        decision: match ? 'skip' : 'create',
        match: match ? { id: match.id, by: byExternal ? 'external' : 'name' } : null,
        draft: { name },
        changes: [],
      },
    })
    return key
  }

  function person(draft: PersonDraft, externalId: string | null, row: number): { key: string; ambiguous: boolean; again: boolean } | null {
    const identity: PersonIdentity = { ...draft, birth_year: yearOf(draft.birth_date) }
    const sameId = externalId === null ? undefined : people.get(`id:${externalId}`)
    if (sameId && !samePerson(sameId.proposal.draft, draft)) return null
    const apart = apartRows.has(row) && !sameId
    const known = apart ? null : sameId ? { held: sameId.proposal.key, ambiguous: false } : fileIndex.find(identity)
    if (known) {
      const held = people.get(known.held)
      if (held) {
        touch(held.proposal.rows, row)
        held.proposal.draft = enrich(held.proposal.draft, draft)
        fileIndex.add({ ...held.proposal.draft, birth_year: yearOf(held.proposal.draft.birth_date) }, known.held)
      }
      return { key: known.held, ambiguous: known.ambiguous, again: true }
    }
    const plainKey =
      externalId !== null
        ? `id:${externalId}`
        : draft.email !== null
          ? keyOf('mail', emailKey(draft.email))
          : draft.phone_e164 !== null
            ? `tel:${draft.phone_e164}`
            : keyOf('name', nameKey(draft.full_name))
    const key = apart && people.has(plainKey) ? turnOf(plainKey) : plainKey
    const stable = externalId ?? key
    const said = chosen.get(key)
    const byExternal = said === undefined ? peopleByExternal.get(stable) : undefined
    const found = byExternal || said?.kind === 'new' ? null : directory.find(identity)
    // Two people of the file cannot both be the one of the directory.
    const hit = found && !taken.has(found.held.id) ? found : null
    const named = said?.kind === 'existing' ? peopleById.get(said.id) : undefined
    const holder = named && [...people.values()].find(({ existing: one }) => one?.id === named.id)
    if (holder) {
      touch(holder.proposal.rows, row)
      holder.proposal.draft = enrich(holder.proposal.draft, draft)
      fileIndex.add(identity, holder.proposal.key)
      return { key: holder.proposal.key, ambiguous: false, again: true }
    }
    const matched = named ?? byExternal ?? hit?.held
    if (matched) taken.add(matched.id)
    const match: Proposal<PersonDraft>['match'] = named
      ? { id: named.id, by: 'chosen' }
      : byExternal
      ? { id: byExternal.id, by: 'external' }
      : hit
        ? { id: hit.held.id, by: hit.by }
        : null
    people.set(key, {
      existing: matched ?? null,
      proposal: {
        key, external: { source, external_id: stable }, rows: [row], decision: 'create', match, draft, changes: [],
        ...candidatesOf(identity, hit),
        ...(said === undefined && hit && isDoubtful(hit) ? { unsure: true as const } : {}),
        ...(said?.kind === 'skip' ? { nobody: true as const } : {}),
      },
    })
    fileIndex.add(identity, key)
    return { key, ambiguous: said === undefined && hit?.ambiguous === true, again: false }
  }

  const isDoubtful = (hit: PersonHit<ExistingPerson>): boolean => hit.ambiguous || (hit.by === 'name' && choices.names_need_a_choice === true)

  /** Shown where someone may want to choose: never beside who is known for sure. */
  function candidatesOf(identity: PersonIdentity, hit: PersonHit<ExistingPerson> | null): { candidates?: string[] } {
    const found = hit ?? directory.find(identity)
    return found && (isDoubtful(found) || found.by === 'name') ? { candidates: found.all.slice(0, MOST_CANDIDATES).map(({ id }) => id) } : {}
  }

  /** The next free key of somebody of the same name kept apart: the same again when the file is read again. */
  function turnOf(key: string): string {
    let turn = 2
    while (people.has(`${key}#${turn}`)) turn++
    return `${key}#${turn}`
  }

  function mission(draft: MissionDraft, externalId: string | null, row: number): { key: string; again: boolean } | null {
    const derived = startKey(draft.title, draft.starts_at)
    const key = externalId === null ? keyOf('mission', derived) : `id:${externalId}`
    const known = missions.get(key)
    if (known) {
      const former = known.proposal.draft
      const same = fold(former.title) === fold(draft.title) && former.starts_at === draft.starts_at && former.ends_at === draft.ends_at
      if (!same && externalId !== null) return null
      touch(known.proposal.rows, row)
      known.proposal.draft = enrich(former, draft)
      return { key, again: true }
    }
    const byExternal = missionsByExternal.get(externalId ?? key)
    // A mission that this source knows under another id is another mission, though it bear the same title at the same hour.
    const byStart = missionsByStart.get(derived)
    const free = byStart && !taken.has(byStart.id) && !byStart.external.some((ref) => ref.source === source)
    const match = byExternal ?? (free ? byStart : null)
    if (match) taken.add(match.id)
    missions.set(key, {
      existing: match,
      proposal: {
        key,
        external: { source, external_id: externalId ?? key },
        rows: [row],
        decision: 'create',
        match: match ? { id: match.id, by: byExternal ? 'external' : 'title_and_start' } : null,
        draft,
        changes: [],
      },
    })
    return { key, again: false }
  }

  function existingMission(reference: string, start: Instant | null, row: number): { key: string; mission: ExistingMission } | null {
    const wanted = fold(reference)
    const named = missionsByReference.get(wanted) ?? []
    const found =
      start === null
        ? named.length === 1
          ? named[0]
          : undefined
        : (named.find((item) => item.starts_at === start) ?? (named.length === 1 ? named[0] : undefined))
    if (!found) return null
    const key = `existing:${found.id}`
    const known = missions.get(key)
    if (known) {
      touch(known.proposal.rows, row)
      return { key, mission: found }
    }
    const draft: MissionDraft = {
      title: found.title, day_code: found.day_code, starts_at: found.starts_at, ends_at: found.ends_at, zone: found.zone, all_day: false, location_key: null, kind: found.kind,
      tags: [], description: null, notes: null, canceled: false,
    }
    missions.set(key, {
      existing: found,
      proposal: {
        key,
        external: { source, external_id: key },
        rows: [row],
        decision: 'skip',
        match: { id: found.id, by: 'external' },
        draft,
        changes: [],
      },
    })
    return { key, mission: found }
  }

  function assignment(draft: AssignmentDraft, externalId: string | null, row: number): { key: string } | null {
    const key = [draft.mission_key, draft.person_key, draft.crew_role === null ? '' : fold(draft.crew_role), draft.start_at].join('|')
    if (assignments.has(key)) return null
    assignments.set(key, {
      key,
      external: { source, external_id: externalId ?? key },
      rows: [row],
      decision: 'create',
      match: null,
      draft,
      changes: [],
    })
    return { key }
  }

  function finish(): ImportProposals {
    for (const { proposal, existing: old } of people.values()) {
      // `kind` has a default: only a source that says otherwise than "person" changes it. Spelling of a name is not a change.
      const { phone_e164: _e164, kind, full_name, ...given } = proposal.draft
      const renamed = old !== null && nameKey(full_name) !== nameKey(old.full_name)
      const samePhone =
        old?.phone != null && proposal.draft.phone_e164 !== null && parsePhone(old.phone, country)?.e164 === proposal.draft.phone_e164
      const sameMail = old?.email != null && given.email !== null && emailKey(old.email) === emailKey(given.email)
      proposal.changes =
        old === null
          ? []
          : changesOf(
              { ...old },
              {
                ...given,
                ...(kind === 'person' ? {} : { kind }),
                ...(renamed && full_name !== given.email ? { full_name } : {}),
                ...(samePhone ? { phone: null } : {}),
                ...(sameMail ? { email: null } : {}),
              },
            )
      proposal.decision = decide(old !== null, proposal.changes)
    }
    for (const { proposal, existing: old } of missions.values()) {
      if (old === null || proposal.key.startsWith('existing:')) continue
      const { location_key, canceled, all_day: _allDay, notes: _notes, ...given } = proposal.draft
      const place = location_key === null ? undefined : locations.get(location_key)
      proposal.changes = changesOf({ ...old }, given)
      if (place && place.existing?.id !== old.location_id) {
        proposal.changes.push({ field: 'location_id', old: old.location_id, new: place.existing?.id ?? location_key })
      }
      if (canceled) proposal.changes.push({ field: 'status', old: null, new: 'canceled' })
      proposal.decision = decide(true, proposal.changes)
    }
    for (const proposal of assignments.values()) matchAssignment(proposal)
    return {
      locations: [...locations.values()].map((item) => item.proposal),
      people: [...people.values()].map((item) => item.proposal),
      missions: [...missions.values()].map((item) => item.proposal),
      assignments: [...assignments.values()],
    }
  }

  const assignmentsByPair = new Map<string, ExistingRecords['assignments'][number][]>()
  for (const item of existing.assignments) {
    const pair = `${item.person_id}|${item.mission_id}`
    assignmentsByPair.set(pair, [...(assignmentsByPair.get(pair) ?? []), item])
  }

  function matchAssignment(proposal: Proposal<AssignmentDraft>): void {
    const { person_key, mission_key, department: _department, rate: _rate, ...given } = proposal.draft
    const personId = people.get(person_key)?.existing?.id
    const missionId = missions.get(mission_key)?.existing?.id
    if (personId === undefined || missionId === undefined) return
    const candidates = assignmentsByPair.get(`${personId}|${missionId}`) ?? []
    const byExternal = candidates.find((item) => isFrom(item.external, source, proposal.external.external_id))
    const sameRole = candidates.filter((item) => given.crew_role === null || fold(item.crew_role ?? '') === fold(given.crew_role))
    const match =
      byExternal ?? sameRole.find((item) => item.start_at === given.start_at) ?? (sameRole.length === 1 ? sameRole[0] : undefined)
    if (!match) return
    proposal.match = { id: match.id, by: byExternal ? 'external' : 'person_and_mission' }
    proposal.changes = changesOf({ ...match }, given)
    proposal.decision = decide(true, proposal.changes)
  }

  return { location, person, mission, existingMission, assignment, finish }
}
