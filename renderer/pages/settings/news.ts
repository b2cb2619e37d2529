import type { Key } from '../../i18n/index.ts'

export interface VersionNews {
  version: string
  /** Lines said to the person, the most useful first. */
  lines: readonly Key[]
}

/** What changed, newest version first. The texts are news.json of each language. */
export const NEWS: readonly VersionNews[] = [
  { version: '0.1.0', lines: ['news.v0_1_0.settings', 'news.v0_1_0.shared', 'news.v0_1_0.layouts', 'news.v0_1_0.safety', 'news.v0_1_0.audit', 'news.v0_1_0.import'] },
]

const partsOf = (version: string): number[] => version.split(/[.-]/).map((part) => Number(part) || 0)
/** Negative when `one` is older than `other`. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)]
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** What a person who last saw `seen` has not been told in the version that runs. */
export const newsSince = (seen: string, running: string, news: readonly VersionNews[] = NEWS): VersionNews[] =>
  news.filter(({ version }) => compareVersions(version, seen) > 0 && compareVersions(version, running) <= 0)
