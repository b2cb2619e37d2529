/**
 * What of a preview the project's own rules let in: nothing on locked missions, nobody on canceled ones, no new terms for those who
 * have answered. Said beside the row in the preview, so that the import itself is not refused half-way.
 */
import { undecided } from '../documents/import/decisions.ts'
import { countProposals, groupIssues } from '../documents/import/issue-groups.ts'
import type { AssignmentDraft, FieldChange, ImportPreview, MissionDraft, PersonDraft, Proposal, RowIssueCode } from '../documents/import/preview-types.ts'
import type { Reader } from '../domain/operation.ts'
import { missionTransitions } from '../domain/planning/rules.ts'
import { waysOf } from '../domain/transitions.ts'
import type { Known } from './import-existing.ts'

type Warn = (proposal: Proposal<unknown>, code: RowIssueCode, found: string) => void

/** Terms an answer stands on, as the file names them. */
const answeredTerms: ReadonlySet<string> = new Set(['start_at', 'end_at', 'crew_role'])

function changed<Draft>(proposal: Proposal<Draft>, changes: FieldChange[]): Proposal<Draft> {
  return { ...proposal, changes, decision: changes.length > 0 ? 'update' : 'skip' }
}

function settleMission(proposal: Proposal<MissionDraft>, known: Known, mayCancel: boolean, warn: Warn): Proposal<MissionDraft> {
  const row = proposal.decision === 'update' && proposal.match ? known.missions.get(proposal.match.id) : undefined
  if (!row) return proposal
  const wanted = proposal.changes.filter(({ field, new: value }) => {
    // Notes of a file are written under the description.
    if (field === 'description') return row.description !== describe(proposal.draft) && row.description !== value
    return field !== 'status' || row.status !== 'canceled'
  })
  if (wanted.length > 0 && row.locked) {
    warn(proposal, 'import.mission_locked', row.title)
    return changed(proposal, [])
  }
  const cancelable = mayCancel && !known.engaged.has(row.id) && waysOf(missionTransitions, row.status, 'canceled').length > 0
  const possible = wanted.filter(({ field }) => field !== 'status' || cancelable)
  if (possible.length < wanted.length) warn(proposal, 'import.cancel_kept', row.title)
  return changed(proposal, possible)
}

function settleAssignment(proposal: Proposal<AssignmentDraft>, known: Known, missions: ReadonlyMap<string, Proposal<MissionDraft>>, names: ReadonlyMap<string, string>, warn: Warn): Proposal<AssignmentDraft> {
  if (proposal.decision === 'skip') return proposal
  const on = missions.get(proposal.draft.mission_key)
  const row = on?.match ? known.missions.get(on.match.id) : undefined
  if (row?.locked) {
    warn(proposal, 'import.mission_locked', row.title)
    return { ...proposal, decision: 'skip', changes: [] }
  }
  const leaving = on?.changes.some(({ field }) => field === 'status') === true
  if (row?.status === 'canceled' || leaving) {
    warn(proposal, 'import.mission_canceled', row?.title ?? '')
    return { ...proposal, decision: 'skip', changes: [] }
  }
  const held = proposal.match ? known.assignments.get(proposal.match.id) : undefined
  if (!held || held.state === 'planned' || held.state === 'proposed') return proposal
  const free = held.state === 'canceled' ? [] : proposal.changes.filter(({ field }) => !answeredTerms.has(field))
  if (free.length < proposal.changes.length) warn(proposal, 'import.terms_answered', names.get(proposal.draft.person_key) ?? '')
  return changed(proposal, free)
}

/** A mission has one text: what the file says under notes follows its description. */
export const describe = ({ description, notes }: Pick<MissionDraft, 'description' | 'notes'>): string | null =>
  [description, notes].filter((text) => text !== null).join('\n\n') || null

/**
 * The department comes with the crew role. First and last name guessed from a whole name help to make a person; they are nothing
 * that the file says of one who exists.
 */
function settlePerson(proposal: Proposal<PersonDraft>, guessedNames: boolean): Proposal<PersonDraft> {
  if (proposal.decision !== 'update') return proposal
  return changed(proposal, proposal.changes.filter(({ field }) => field !== 'department' && !(guessedNames && (field === 'first_name' || field === 'last_name'))))
}

export function settlePreview(preview: ImportPreview, known: Known, reader: Reader): ImportPreview {
  const byIndex = new Map(preview.rows.map((row) => [row.index, row]))
  const warn: Warn = (proposal, code, found) => {
    const row = byIndex.get(proposal.rows[0] ?? -1)
    if (row && !row.issues.some((issue) => issue.message_code === code && issue.found === found))
      row.issues.push({ field: null, issue: code.replace('import.', ''), severity: 'warning', message_code: code, found, expected: '' })
  }
  const mayCancel = reader.may('mission:direct', known.project.id)
  const missions = preview.proposals.missions.map((one) => settleMission(one, known, mayCancel, warn))
  const missionByKey = new Map(missions.map((one) => [one.key, one]))
  const guessedNames = !preview.mapping.includes('first_name') && !preview.mapping.includes('last_name')
  const people = preview.proposals.people.map((one) => settlePerson(one, guessedNames))
  const names = new Map(people.map(({ key, draft }) => [key, draft.full_name]))
  const assignments = preview.proposals.assignments.map((one) => settleAssignment(one, known, missionByKey, names, warn))
  const proposals = { ...preview.proposals, people, missions, assignments }
  const open = undecided(proposals)
  const counts = {
    ...preview.counts,
    warnings: preview.rows.reduce((sum, row) => sum + row.issues.filter((issue) => issue.severity === 'warning').length, 0),
    people: countProposals(people), missions: countProposals(missions), assignments: countProposals(assignments),
  }
  const writes = [counts.locations, counts.people, counts.missions, counts.assignments].some(({ create, update }) => create + update > 0)
  return { ...preview, proposals, counts, groups: groupIssues(preview.rows), undecided: open, ready: preview.choices.length === 0 && open === 0 && writes }
}
