import type { ImportProposals, Proposal } from './preview-types.ts'

/** Groups that a person leaves out as a whole: what would be made, what would be changed. */
export const IMPORT_GROUPS = ['people:new', 'people:known', 'missions:new', 'missions:known', 'assignments:new', 'assignments:known'] as const
export type ImportGroup = (typeof IMPORT_GROUPS)[number]

/** Who a person of the file is: one of the directory, somebody new, or nobody (left out). */
export interface IdentityChoice {
  key: string
  as: { kind: 'existing'; id: string } | { kind: 'new' } | { kind: 'skip' }
}

const leftOut = <Draft>(proposal: Proposal<Draft>): Proposal<Draft> => ({ ...proposal, decision: 'skip', changes: [], left: true })

function leave<Draft>(proposals: readonly Proposal<Draft>[], kind: 'people' | 'missions' | 'assignments', groups: ReadonlySet<ImportGroup>): Proposal<Draft>[] {
  return proposals.map((one) => {
    if (one.decision === 'create' && groups.has(`${kind}:new`)) return leftOut(one)
    return one.decision === 'update' && groups.has(`${kind}:known`) ? leftOut(one) : one
  })
}

/** Somebody who is left out and is in no directory cannot be assigned; nor can a mission that is not made take anybody. */
const absent = (proposals: readonly Proposal<unknown>[]): ReadonlySet<string> =>
  new Set(proposals.filter((one) => one.left === true && (one.match === null || one.nobody === true)).map(({ key }) => key))

/** The proposals without what was left out, nor what hangs on it: assignments of people and missions, places that only those used. */
export function withDecisions(proposals: ImportProposals, groups: readonly ImportGroup[]): ImportProposals {
  const chosen = new Set(groups)
  const people = leave(proposals.people.map((one) => (one.nobody ? leftOut(one) : one)), 'people', chosen)
  const missions = leave(proposals.missions, 'missions', chosen)
  const [noPerson, noMission] = [absent(people), absent(missions)]
  const assignments = leave(proposals.assignments, 'assignments', chosen).map((one) =>
    one.decision !== 'skip' && (noPerson.has(one.draft.person_key) || noMission.has(one.draft.mission_key)) ? leftOut(one) : one)
  const used = new Set(missions.filter((one) => one.left !== true).map(({ draft }) => draft.location_key))
  const locations = missions.some((one) => one.left === true)
    ? proposals.locations.map((one) => (one.decision === 'create' && !used.has(one.key) ? leftOut(one) : one))
    : proposals.locations
  return { locations, people, missions, assignments }
}

/** People of the file whom nobody has recognised for sure: someone must say who they are before anything is written. */
export const undecided = ({ people }: ImportProposals): number => people.filter((one) => one.unsure === true && one.left !== true).length
