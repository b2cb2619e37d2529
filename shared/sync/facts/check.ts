/** Reads lines of facts to their end without taking them: whole, every row counted, as they were written. */
import { detail, refuse } from '../../domain/errors.ts'
import { FactsHead, FactsTrailer, Tally } from './format.ts'

/** Rejects with the refusal `facts.cut` or `facts.damaged`. */
export async function checkFacts(lines: AsyncIterable<string>): Promise<FactsHead> {
  const tally = new Tally()
  const counts = new Map<number, number>()
  let head: FactsHead | null = null
  let whole = false
  let at = 0
  for await (const line of lines) {
    at++
    if (whole) throw refuse('facts.damaged', detail(`line ${at}`, 'after_the_end'))
    if (head === null) {
      const parsed = FactsHead.safeParse(parse(line, at))
      if (!parsed.success) throw refuse('facts.damaged', detail('line 1', 'head'))
      head = parsed.data
      tally.add(line)
      continue
    }
    const parsed = parse(line, at)
    if (Array.isArray(parsed)) {
      tally.add(line)
      const table = Number(parsed[0])
      counts.set(table, (counts.get(table) ?? 0) + 1)
      continue
    }
    const { count, digest } = tally.trailer.trailer
    const said = FactsTrailer.safeParse(parsed).data?.trailer
    if (said?.count !== count || said.digest !== digest) throw refuse('facts.damaged', detail(`line ${at}`, 'digest'))
    whole = true
  }
  if (!head || !whole) throw refuse('facts.cut', detail(`line ${at + 1}`, 'end'))
  for (const [index, { name, rows }] of head.tables.entries()) if ((counts.get(index) ?? 0) !== rows) throw refuse('facts.damaged', detail(name, 'count'))
  return head
}

function parse(line: string, at: number): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw refuse('facts.damaged', detail(`line ${at}`, 'not_json'))
  }
}
