/** Who is in the organization or about to be: members with their roles, and what is left of their invitation. */
import type { Row } from '../domain/entity.ts'
import { invitation, member, roleBinding } from '../domain/organization/model.ts'
import { listMembers, type memberStandings } from '../domain/organization/operations.ts'
import { roles, type Role } from '../domain/permissions.ts'
import { project } from '../domain/planning/model.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'
import { pageOfRows } from './listed-rows.ts'

type Standing = (typeof memberStandings)[number]
type Binding = Row<typeof roleBinding>

const byText = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' })
const text = (one: string | null, other: string | null): number => (one === other ? 0 : one === null ? 1 : other === null ? -1 : byText.compare(one, other))

/** The order of the matrix: who may most comes first; nobody's role last. */
const rank = (held: readonly { role: Role }[]): number => Math.min(roles.length, ...held.map(({ role }) => roles.indexOf(role)))

function memberRow(row: Row<typeof member>, held: readonly Binding[], waiting: Row<typeof invitation> | undefined, names: ReadonlyMap<string, string>, now: string) {
  const { id, version, user_id, name, email, collaborator_id, status, created_at } = row
  const standing: Standing = status !== 'invited' ? 'active' : waiting && waiting.expires_at <= now ? 'expired' : 'invited'
  const bindings = held.map((binding) => ({
    id: binding.id, role: binding.role, project_id: binding.binding_project_id, project_name: binding.binding_project_id === null ? null : (names.get(binding.binding_project_id) ?? null),
  }))
  bindings.sort((one, other) => text(one.project_name, other.project_name) || rank([one]) - rank([other]))
  return { id, version, user_id, name, email, collaborator_id, status, created_at, standing, bindings, invitation_id: waiting?.id ?? null, expires_at: waiting?.expires_at ?? null }
}
type MemberRow = ReturnType<typeof memberRow>

export const memberHandlers: readonly CoreHandler[] = [
  coreHandler(listMembers, async (reader, input) => {
    const held = Map.groupBy(await reader.find(roleBinding, {}), (binding) => binding.member_id)
    // How long a code still opens is for those who give them.
    const waiting = new Map((reader.may('org:members', null) ? await reader.find(invitation, { state: 'pending' }) : []).map((row) => [row.member_id, row]))
    const names = new Map((await reader.find(project, {})).map((row): [string, string] => [row.id, row.name]))
    const members = await reader.find(member, {}, { sort: ['name'] })
    const rows = members.map((row) => memberRow(row, held.get(row.id) ?? [], waiting.get(row.id), names, reader.call.now))
    const by = (key: 'name' | 'email' | 'standing' | 'created_at') => (one: MemberRow, other: MemberRow): number => text(one[key], other[key])
    return pageOfRows({
      rows,
      sort: ['name'],
      words: ({ name, email }) => `${name} ${email ?? ''}`,
      cell: (row, column) => {
        switch (column) {
          case 'role':
            return row.bindings.map(({ role }) => role)
          case 'binding_project_id':
            return row.bindings.map(({ project_id }) => project_id)
          case 'standing':
            return row.standing
          case 'status':
            return row.status
          case 'user_id':
            return row.user_id
          default:
            return row.id
        }
      },
      compare: { name: by('name'), email: by('email'), standing: by('standing'), created_at: by('created_at'), role: (one, other) => rank(one.bindings) - rank(other.bindings) },
    }, input)
  }),
]
