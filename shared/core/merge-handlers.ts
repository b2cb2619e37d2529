/** Which directory entries look alike, what merging two would do, and the merges made. */
import { member } from '../domain/organization/model.ts'
import { duplicateGroups } from '../domain/people/duplicates.ts'
import { listDuplicates, listMerged, mergeCollaborators, mergedFields, mergeUndoDays, previewMerge } from '../domain/people/merge-operations.ts'
import { movesOf, usualSide } from '../domain/people/merge.ts'
import { collaborator } from '../domain/people/model.ts'
import { DAY, fromMs, toMs, type Instant } from '../kernel/instants.ts'
import { sameValue } from '../store/write-set.ts'
import { latestCommands } from '../store/command-log.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'

export const mergeUndoUntil = (issued_at: Instant): Instant => fromMs(toMs(issued_at) + mergeUndoDays * DAY)

export const mergeHandlers: readonly CoreHandler[] = [
  coreHandler(previewMerge, async (reader, { kept_id, merged_id }, { all }) => {
    const kept = await reader.need(collaborator, kept_id)
    const merged = await reader.need(collaborator, merged_id)
    return {
      fields: mergedFields.map((field) => ({ field, kept: kept[field], merged: merged[field], same: sameValue(kept[field], merged[field]), result: usualSide(kept, merged, field) })),
      moves: await movesOf(all, merged_id),
    }
  }),
  coreHandler(listDuplicates, async (reader, { limit = 50 }) => {
    const rows = await reader.find(collaborator, {}, { sort: ['created_at'] })
    const byId = new Map<string, (typeof rows)[number]>(rows.map((row) => [row.id, row]))
    const groups = duplicateGroups(rows)
    return {
      total: groups.length,
      items: groups.slice(0, limit).map(({ ids, reasons }) => ({
        reasons,
        people: ids.flatMap((id) => {
          const row = byId.get(id)
          return row ? [{ id: row.id, display_name: row.display_name, email: row.email, phone: row.phone, created_at: row.created_at }] : []
        }),
      })),
    }
  }),
  coreHandler(listMerged, async (reader, { limit = 30 }, { engine, org, person, all }) => {
    const commands = await latestCommands(engine, org, mergeCollaborators.name, limit)
    const pairs = commands.flatMap((command) => {
      const input = mergeCollaborators.input.safeParse(command.input)
      return input.success ? [{ command, ...input.data }] : []
    })
    const ids = pairs.flatMap(({ kept_id, merged_id }) => [kept_id, merged_id])
    // The merged one left the directory; whoever may merge saw them before.
    const names = new Map((await all.find(collaborator, { id: ids }, { removed: true })).map((row) => [String(row.id), row.display_name]))
    const members = new Map((await all.find(member, {})).map((row) => [String(row.user_id), row.name]))
    return {
      items: pairs.map(({ command, kept_id, merged_id }) => {
        const undo_until = mergeUndoUntil(command.issued_at)
        const mine = command.actor === person.user_id
        return {
          command_id: command.id, at: command.issued_at, by_name: members.get(command.actor) ?? null, mine, kept_id, kept_name: names.get(kept_id) ?? null, merged_id, merged_name: names.get(merged_id) ?? null,
          undo_until, why_not: command.undone_by !== null ? 'undone' as const : !mine ? 'not_yours' as const : reader.call.now > undo_until ? 'too_old' as const : null,
        }
      }),
    }
  }),
]
