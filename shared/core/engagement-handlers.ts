/** Confirming, with the severe conflicts that the core keeps current: a computer that knew less has its confirmation kept, not applied. */
import { detail, refuse, refuseFor } from '../domain/errors.ts'
import { confirmAssignments } from '../domain/engagement/operations.ts'
import { lackingFor } from '../domain/paperwork/missing.ts'
import { veil } from '../domain/planning/conflicts.ts'
import { assignment } from '../domain/planning/model.ts'
import { withRate } from '../domain/planning/terms.ts'
import type { Row } from '../domain/entity.ts'
import type { Id } from '../kernel/ids.ts'
import type { ErrorDetail } from '../kernel/result.ts'
import type { OpenTransaction } from '../store/transaction.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'
import { decisionOpenTo } from './conflict-handlers.ts'

type AssignmentRow = Row<typeof assignment>
type Wanted = ReturnType<typeof confirmAssignments.input.parse>['changes'][number]

/** Severe, of this very assignment, not decided upon yet, and not wholly out of this person's sight. */
async function severeOf(row: AssignmentRow, { conflicts, person }: Inner) {
  const found = (await conflicts.current()).of({ entity: assignment.name, id: row.id })
  return found.filter((one) => one.severity === 'severe' && !one.acknowledged && one.kind !== 'need_open' && veil(one, (id) => person.may('project:read', id)) !== null)
}

/** What is missing before this one is confirmed, each with its row. */
async function missingOf(tx: OpenTransaction, row: AssignmentRow, wanted: Wanted, at: string, inner: Inner): Promise<ErrorDetail[]> {
  const missing: ErrorDetail[] = []
  const lacks = (field: string, issue: string, expected: string | null = null): void => void missing.push(detail(`${at}.${field}`, issue, expected, row.id))
  if (row.reconfirm_since !== null) lacks('reconfirm_since', 'reconfirm')
  const { rate_minor } = await frozenRate(tx, row)
  if (rate_minor === null && row.engagement_kind !== 'volunteer' && tx.may('rates:read', row.project_id)) lacks('rate_minor', 'required')
  const reason = wanted.override_reason ?? null
  if ((reason === null) !== ((wanted.expected_resolution_at ?? null) === null)) lacks(reason === null ? 'override_reason' : 'expected_resolution_at', 'required')
  if (reason === null) for (const { kind } of (await lackingFor(tx, [row.id], 'confirm')).get(row.id) ?? []) lacks('override_reason', 'document', kind)
  for (const one of await severeOf(row, inner)) {
    if (reason === null) lacks('override_reason', 'conflict', one.kind)
    else if (decisionOpenTo(inner.person, one) !== 'override') lacks('override_reason', 'permission', 'conflict:override')
  }
  return missing
}

/** The figures of the card that the row names, when it has none of its own: from here on they are its own. */
async function frozenRate(tx: OpenTransaction, { rate_card_id, rate_basis, rate_minor, rate_currency }: AssignmentRow) {
  if (rate_minor !== null || rate_card_id === null) return { rate_basis, rate_minor, rate_currency }
  const copied = await withRate(tx, { rate_card_id }) as Partial<Pick<AssignmentRow, 'rate_basis' | 'rate_minor' | 'rate_currency'>>
  return { rate_basis, rate_minor, rate_currency, ...copied }
}

/** Confirmed already with the same words: nothing changes. */
const isDone = (row: AssignmentRow): boolean => row.state === 'confirmed'

export const engagementCoreHandlers: readonly CoreHandler[] = [
  coreHandler(confirmAssignments, async (tx, { changes }, inner) => {
    const rows = new Map<Id, AssignmentRow>()
    const missing: ErrorDetail[] = []
    for (const [index, wanted] of changes.entries()) {
      const row = await tx.need(assignment, wanted.id)
      if (isDone(row)) continue
      if (row.state !== 'accepted') throw refuseFor('assignment', 'transition_rejected', detail(`changes.${index}.state`, 'transition', 'confirmed', row.state))
      missing.push(...(await missingOf(tx, row, wanted, `changes.${index}`, inner)))
      rows.set(row.id, row)
    }
    if (missing.length > 0) throw refuse('assignment.not_confirmable', ...missing)
    for (const { id, override_reason, expected_resolution_at } of changes) {
      const row = rows.get(id)
      if (!row) continue
      const rate = await frozenRate(tx, row)
      await tx.update(assignment, id, {
        ...rate, state: 'confirmed', budget_signed_off: true, override_reason: override_reason ?? null, expected_resolution_at: expected_resolution_at ?? null,
      })
    }
    return { ids: changes.map(({ id }) => id) }
  }),
]
