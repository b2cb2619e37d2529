/**
 * Mutants of the algorithm: one rule of sync taken away by a change of text, as small as it can be. Each names the rule of sync.md it
 * goes against. Those of the issue come first.
 */
export interface Mutant {
  name: string
  rule: string
  changes: readonly { file: string; find: string; replace: string }[]
  /** Needs a server that is put back from a copy. */
  restoring?: boolean
  /** Named by the issue: shown in every run of the tests. */
  named?: boolean
}

const decide = 'shared/core/decide.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'write-set not compared', rule: 'rule 11', named: true,
    changes: [{ file: decide, find: 'await place.attempt((writes) => (equal = equalsRecord(writes, command, before, place)))', replace: 'await place.attempt(() => (equal = true))' }],
  },
  {
    name: 'ids by counter', rule: 'rule 2', named: true,
    changes: [{ file: 'shared/store/transaction.ts', find: "      const id = deriveId(call.seed, label)\n", replace: "      const id = deriveId(call.seed, label.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '') + String(journal.size))\n" }],
  },
  { name: 'deduplication off', rule: 'rule 7', named: true, changes: [{ file: decide, find: '  if (known) {\n', replace: '  if (known && known.payload_hash === null) {\n' }] },
  {
    name: 'values overwritten unseen', rule: 'rule 12', changes: [{ file: decide, find: '  if (disputes.length > 0) return', replace: '  if (disputes.length > 1000) return' }],
  },
  { name: 'converged values not asked for', rule: 'rule 12, from', changes: [{ file: decide, find: '    if (cell.from === null) return true\n', replace: '    if (cell.from !== command.id) return true\n' }] },
  { name: 'followers of a failed command run on their own', rule: 'rule 9', changes: [{ file: decide, find: "if (earlier && earlier.outcome !== 'applied')", replace: "if (earlier && earlier.outcome === 'blocked')" }] },
  { name: 'rights not asked on arrival', rule: 'rule 8', changes: [{ file: 'shared/core/settle.ts', find: '        if (options.trusted) return\n', replace: '        if (!options.trusted) return\n' }] },
  { name: 'a removed row is written to', rule: 'rule 10', changes: [{ file: decide, find: "    if (row.op === 'update' && now?.['deleted_at'] !== null)", replace: "    if (row.op === 'update' && now?.['deleted_at'] === undefined)" }] },
]
