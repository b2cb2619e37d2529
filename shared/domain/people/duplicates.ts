/** Directory entries that look like one person: the same e-mail, telephone or name once spelling is folded. Pure. */
import { fold } from '../../kernel/text.ts'

export const duplicateReasons = ['email', 'phone', 'name'] as const
export type DuplicateReason = (typeof duplicateReasons)[number]

export interface Compared {
  readonly id: string
  readonly kind: string
  readonly display_name: string
  readonly email: string | null
  readonly phone: string | null
}
export interface DuplicateGroup {
  ids: string[]
  reasons: DuplicateReason[]
}

/** `+33 6 39 98 10 10`, `0033639981010` and `06.39.98.10.10` are one number; fewer than six digits are none. */
export function phoneDigits(phone: string): string | null {
  const digits = phone.replace(/[^\d+]/g, '').replace(/^\+/, '00').replaceAll('+', '')
  const national = digits.replace(/^0033(?:0)?/, '0')
  return national.length < 6 ? null : national
}

/** Words of a name in any order: `Léa MARTIN` and `martin, lea`. */
const nameKey = (name: string): string => fold(name).split(/[^\p{L}\p{N}]+/u).filter(Boolean).sort().join(' ')

function keysOf(row: Compared): [DuplicateReason, string][] {
  const email = row.email?.trim().toLowerCase() ?? ''
  const phone = row.phone === null ? null : phoneDigits(row.phone)
  const name = nameKey(row.display_name)
  return [
    ...(email === '' ? [] : [['email', email] as [DuplicateReason, string]]),
    ...(phone === null ? [] : [['phone', phone] as [DuplicateReason, string]]),
    ...(name === '' ? [] : [['name', name] as [DuplicateReason, string]]),
  ]
}

/** Groups of two or more in the order of their first entry; only entries of one kind are compared. A chain (name, then phone) is one group. */
export function duplicateGroups(rows: readonly Compared[]): DuplicateGroup[] {
  const parent = new Map(rows.map((row) => [row.id, row.id]))
  const top = (id: string): string => {
    let at = id
    for (let up = parent.get(at) ?? at; up !== at; up = parent.get(at) ?? at) at = up
    return at
  }
  const first = new Map<string, string>()
  const links: { id: string; reason: DuplicateReason }[] = []
  for (const row of rows)
    for (const [reason, key] of keysOf(row)) {
      const place = `${row.kind}\n${reason}\n${key}`
      const known = first.get(place)
      if (known === undefined) {
        first.set(place, row.id)
        continue
      }
      const [one, other] = [top(known), top(row.id)]
      if (one !== other) parent.set(other, one)
      links.push({ id: row.id, reason })
    }
  const groups = Map.groupBy(rows, (row) => top(row.id))
  const reasons = Map.groupBy(links, ({ id }) => top(id))
  return [...groups].flatMap(([root, members]) =>
    members.length < 2 ? [] : [{ ids: members.map((row) => row.id), reasons: duplicateReasons.filter((reason) => reasons.get(root)?.some((link) => link.reason === reason) === true) }])
}
