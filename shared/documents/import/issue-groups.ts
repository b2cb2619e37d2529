import type { DecisionCounts, IssueGroup, PreviewRow, Proposal } from './preview-types.ts'

/** Errors first, then the most frequent: each cause with its rows and what was found there. */
export function groupIssues(rows: readonly PreviewRow[]): IssueGroup[] {
  const groups = new Map<string, { group: IssueGroup; founds: Map<string, number> }>()
  for (const row of rows) {
    for (const issue of row.issues) {
      const key = `${issue.message_code}|${issue.field ?? ''}|${issue.severity}`
      let held = groups.get(key)
      if (!held) {
        const { message_code, field, severity } = issue
        held = { group: { message_code, field, severity, count: 0, rows: [], founds: [] }, founds: new Map() }
        groups.set(key, held)
      }
      held.group.count++
      if (held.group.rows.at(-1) !== row.index) held.group.rows.push(row.index)
      held.founds.set(issue.found, (held.founds.get(issue.found) ?? 0) + 1)
    }
  }
  return [...groups.values()]
    .map(({ group, founds }) => ({
      ...group,
      founds: [...founds]
        .map(([found, count]) => ({ found, count }))
        .sort((a, b) => b.count - a.count)
        .slice(0, 20),
    }))
    .sort((a, b) => (a.severity === b.severity ? b.count - a.count : a.severity === 'error' ? -1 : 1))
}

export function countProposals(proposals: readonly Proposal<unknown>[]): DecisionCounts {
  const counts: DecisionCounts = { create: 0, update: 0, skip: 0 }
  for (const proposal of proposals) counts[proposal.decision]++
  return counts
}
