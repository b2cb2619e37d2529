/** Imports of the organization, from its log of commands: each is a group of `import.write`. */
import { importUndoDays, listImports, writeImport } from '../domain/imports/operations.ts'
import type { RefusedImport } from '../domain/matters/matters.ts'
import { member } from '../domain/organization/model.ts'
import { project } from '../domain/planning/model.ts'
import { DAY, fromMs, toMs, type Instant } from '../kernel/instants.ts'
import { latestGroups, type GroupCommand } from '../store/command-log.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'

export const undoUntil = (issued_at: Instant): Instant => fromMs(toMs(issued_at) + importUndoDays * DAY)

const kindOf: Readonly<Record<string, 'locations' | 'people' | 'missions' | 'assignments'>> = { l: 'locations', p: 'people', m: 'missions', a: 'assignments' }

function countsOf(commands: readonly GroupCommand[], which: 'created' | 'updated') {
  const counts = { locations: 0, people: 0, missions: 0, assignments: 0 }
  for (const { answer } of commands)
    for (const key of Object.keys(writeImport.output.parse(answer)[which])) {
      const kind = kindOf[key.charAt(0)]
      if (kind) counts[kind]++
    }
  return counts
}

const importsLookedAt = 20

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const inputOf = (command: GroupCommand | undefined): Readonly<Record<string, unknown>> =>
  typeof command?.input === 'object' && command.input !== null && !Array.isArray(command.input) ? command.input : {}

const refusedOf = (first: GroupCommand): number => {
  const { refused } = inputOf(first)
  return typeof refused === 'number' ? refused : 0
}

/**
 * Imports of this person that left rows out, the last of each file in each project: the same file brought in whole settles the former
 * one, undoing it too. Older ones than can be undone are history.
 */
export async function refusedImports({ engine, org, person }: Pick<Inner, 'engine' | 'org' | 'person'>, now: Instant): Promise<RefusedImport[]> {
  const seen = new Set<string>()
  return (await latestGroups(engine, org, writeImport.name, importsLookedAt)).flatMap((commands) => {
    const [first] = commands
    const { project_id, source } = inputOf(first)
    const key = `${text(project_id)} ${text(source)}`
    if (!first || commands.every(({ undone_by }) => undone_by !== null) || seen.has(key)) return []
    seen.add(key)
    const refused = refusedOf(first)
    if (refused === 0 || first.actor !== person.user_id || now > undoUntil(first.issued_at) || !person.may('import:run', text(project_id))) return []
    return [{ group_id: first.group_id, project_id: text(project_id), source: text(source), refused, at: first.issued_at }]
  })
}

export const importListHandlers: readonly CoreHandler[] = [
  coreHandler(listImports, async (reader, input, { engine, org, person, all }) => {
    const names = new Map((await all.find(member, {})).map((row) => [String(row.user_id), row.name]))
    const projects = new Map((await reader.find(project, {})).map((row) => [String(row.id), row]))
    const items = []
    for (const commands of await latestGroups(engine, org, writeImport.name, input.limit ?? 10)) {
      const [first] = commands
      const home = projects.get(text(inputOf(first)['project_id']))
      if (!first || !home || (input.project_id !== undefined && home.id !== input.project_id) || !person.may('import:run', home.id)) continue
      const standing = commands.filter(({ undone_by }) => undone_by === null)
      const undo_until = undoUntil(first.issued_at)
      const mine = first.actor === person.user_id
      const state = standing.length === commands.length ? ('standing' as const) : standing.length === 0 ? ('undone' as const) : ('partly_undone' as const)
      items.push({
        group_id: first.group_id, source: text(inputOf(first)['source']), project_id: home.id, project_name: home.name, at: first.issued_at, by: first.actor,
        by_name: names.get(first.actor) ?? null, mine, created: countsOf(commands, 'created'), updated: countsOf(commands, 'updated'),
        refused: refusedOf(first), state, undo_until,
        why_not: state === 'undone' ? ('undone' as const) : !mine ? ('not_yours' as const) : reader.call.now > undo_until ? ('too_old' as const) : null,
      })
    }
    return { items }
  }),
]
