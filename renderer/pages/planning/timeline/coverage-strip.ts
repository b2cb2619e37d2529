/** Coverage of a group over time: heads filled, held and needed where needs overlap (decision P4). */

export interface Post {
  readonly start: number
  readonly end: number
  readonly headCount: number
  readonly filled: number
  readonly held: number
}
export interface Covered {
  readonly start: number
  readonly end: number
  readonly needed: number
  readonly filled: number
  readonly held: number
}

/** Intervals with a need, in order; neighbours that say the same are one. Nothing between them. */
export function coverageStrip(posts: readonly Post[]): Covered[] {
  const edges = posts
    .filter(({ start, end }) => end > start)
    .flatMap((post) => [{ at: post.start, sign: 1, post }, { at: post.end, sign: -1, post }])
    .sort((one, other) => one.at - other.at)
  const strip: Covered[] = []
  let [open, needed, filled, held] = [0, 0, 0, 0]
  edges.forEach(({ at, sign, post }, index) => {
    open += sign
    needed += sign * post.headCount
    filled += sign * Math.min(post.filled, post.headCount)
    held += sign * post.held
    const end = edges[index + 1]?.at
    if (end === undefined || end === at || open === 0) return
    const last = strip.at(-1)
    if (last && last.end === at && last.needed === needed && last.filled === filled && last.held === held) strip[strip.length - 1] = { ...last, end }
    else strip.push({ start: at, end, needed, filled, held })
  })
  return strip
}

export const coverageLabel = ({ filled, needed }: Pick<Covered, 'filled' | 'needed'>): string => `${filled}/${needed}`
export const isShort = ({ filled, needed }: Pick<Covered, 'filled' | 'needed'>): boolean => filled < needed

/** Of the whole group. */
export const coverageTotal = (posts: readonly Post[]): Pick<Covered, 'filled' | 'needed' | 'held'> =>
  posts.reduce((sum, post) => ({ filled: sum.filled + Math.min(post.filled, post.headCount), needed: sum.needed + post.headCount, held: sum.held + post.held }), { filled: 0, needed: 0, held: 0 })

/**
 * What is drawn of a strip: intervals shorter than `least` ms that touch and are all short of heads, or all filled, are one, which says the
 * shortest of them. A month of days has hundreds that are a few pixels wide.
 */
export function drawnStrip(strip: readonly Covered[], least: number): Covered[] {
  const drawn: Covered[] = []
  const missing = ({ needed, filled }: Covered): number => needed - filled
  for (const one of strip) {
    const last = drawn.at(-1)
    if (last && last.end === one.start && isShort(last) === isShort(one) && one.end - one.start < least && last.end - last.start < least)
      drawn[drawn.length - 1] = { ...(missing(one) > missing(last) ? one : last), start: last.start, end: one.end }
    else drawn.push(one)
  }
  return drawn
}
