/**
 * Which totals must be left out where rates are not read: from what is shown by day and by mission, put together, nobody's pay can be
 * read off. Both views of one project are masked as one, whichever is asked for.
 */
import type { CostRow } from './breakdown.ts'
import type { Exact } from './cost.ts'

/** An amount of fewer people than this is somebody's. */
const FEWEST = 2

export interface Masked {
  /** Keys of lines by day, and by mission. */
  day: Set<string | null>
  mission: Set<string | null>
  /** Not even the total. */
  whole: boolean
}

interface Sum {
  key: string | null
  people: Set<string>
  size: Exact
}
/** Days and missions that share work with each other, and with no others: their days and their missions have one total. */
interface Cluster extends Sum {
  day: Sum[]
  mission: Sum[]
}

const sumOf = (key: string | null): Sum => ({ key, people: new Set(), size: 0n })
const together = (sums: readonly Sum[]): Set<string> => new Set(sums.flatMap(({ people }) => [...people]))
const smallest = <T extends Sum>(sums: readonly T[]): T | undefined => sums.toSorted((a, b) => (a.size < b.size ? -1 : a.size > b.size ? 1 : (a.key ?? '') < (b.key ?? '') ? -1 : 1))[0]
const shows = ({ people }: Sum): boolean => people.size >= FEWEST

function clustersOf(rows: readonly CostRow[], asker: string | null): Cluster[] {
  const sums = { day: new Map<string | null, Sum>(), mission: new Map<string | null, Sum>() }
  const above = new Map<Sum, Sum>()
  const rootOf = (one: Sum): Sum => {
    let root = one
    for (let next = above.get(root); next !== undefined; next = above.get(root)) root = next
    return root
  }
  const add = (by: 'day' | 'mission', key: string | null, row: CostRow, amount: Exact): Sum => {
    let sum = sums[by].get(key)
    if (!sum) sums[by].set(key, (sum = sumOf(key)))
    sum.size += amount
    // What the asker is paid is known to them: the rest of a total of two is the other's.
    if (row.person_id !== asker) sum.people.add(row.person_id)
    return sum
  }
  for (const row of rows)
    for (const { date, amount } of row.days) {
      const [one, other] = [rootOf(add('day', date, row, amount)), rootOf(add('mission', row.keys.mission, row, amount))]
      if (one !== other) above.set(one, other)
    }
  const clusters = new Map<Sum, Cluster>()
  for (const by of ['day', 'mission'] as const)
    for (const sum of sums[by].values()) {
      const root = rootOf(sum)
      let cluster = clusters.get(root)
      if (!cluster) clusters.set(root, (cluster = { ...sumOf(root.key), day: [], mission: [] }))
      cluster[by].push(sum)
      if (by === 'day') cluster.size += sum.size
      for (const person of sum.people) cluster.people.add(person)
    }
  return [...clusters.values()]
}

/**
 * Sums that are shown lie within each other or apart, so that what each tells beside the shown ones inside it is all that can be worked
 * out: that must be nobody's or of several. For it to be so, a cluster with several days and several missions shows the finer side only.
 */
function maskOf(clusters: readonly Cluster[]): Masked {
  const masked: Masked = { day: new Set(), mission: new Set(), whole: together(clusters).size < FEWEST }
  const left: Sum[] = []
  const inside = new Map<Cluster, { by: 'day' | 'mission'; shown: Sum[] }>()
  const hide = (by: 'day' | 'mission', sums: readonly Sum[]): void => {
    for (const { key } of sums) masked[by].add(key)
  }
  /** The side that is not broken down further: shown only when it is the total of the cluster. */
  const hideTotal = (cluster: Cluster, by: 'day' | 'mission'): void => hide(by === 'day' ? 'mission' : 'day', by === 'day' ? cluster.mission : cluster.day)
  for (const cluster of clusters) {
    const by = cluster.mission.length >= cluster.day.length ? 'mission' : 'day'
    const coarse = by === 'mission' ? cluster.day : cluster.mission
    const hidden = cluster[by].filter((sum) => !shows(sum))
    const shown = cluster[by].filter(shows)
    if (shows(cluster) && together(hidden).size === FEWEST - 1) {
      const more = smallest(shown)
      if (more) hidden.push(...shown.splice(shown.indexOf(more), 1))
    }
    hide(by, hidden)
    inside.set(cluster, { by, shown })
    if (!shows(cluster) || coarse.length > 1) hideTotal(cluster, by)
    if (!shows(cluster)) left.push(cluster)
  }
  if (masked.whole || together(left).size !== FEWEST - 1) return masked
  const other = smallest(clusters.filter(shows))
  const parts = other && inside.get(other)
  if (!other || !parts) return masked
  hideTotal(other, parts.by)
  const part = smallest(parts.shown)
  if (part) hide(parts.by, [part])
  return masked
}

/** What is left out, by currency. `asker`: the person asking, if they are in the directory. */
export function givenAway(rows: readonly CostRow[], asker: string | null): Map<string, Masked> {
  const priced = Map.groupBy(rows.filter(({ state }) => state !== 'canceled'), ({ currency }) => currency)
  return new Map([...priced].flatMap(([currency, of]) => (currency === null ? [] : [[currency, maskOf(clustersOf(of, asker))] as const])))
}
