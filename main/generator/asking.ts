/** How the generator speaks to the core: one operation at a time, with idempotency keys that the seed decides. */
import type { Answer, Call } from '../../shared/core/core-handler.ts'
import type { Session } from '../../shared/core/session.ts'
import type { Json } from '../../shared/kernel/hashing.ts'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'

export interface AskedCore {
  execute(call: Call, session: Session): Promise<Answer>
}

export interface Asking {
  /** Answers the value; a refusal stops the generator, since nothing it does should be refused. */
  ask(name: string, input: unknown, group?: string): Promise<Json>
  /** The id answered by a command that makes one row. */
  make(name: string, input: unknown, group?: string): Promise<Id>
  /** Commands of at most 500 rows under one group; `weigh` says how many rows an item writes. */
  makeMany<T>(name: string, items: readonly T[], inputOf: (items: readonly T[]) => unknown, weigh?: (item: T) => number): Promise<Id[]>
}

const ROWS = 500

export function chunksOf<T>(items: readonly T[], weigh: (item: T) => number): T[][] {
  const chunks: T[][] = []
  let weight = Infinity
  for (const item of items) {
    const own = weigh(item)
    if (weight + own > ROWS) {
      chunks.push([])
      weight = 0
    }
    chunks.at(-1)?.push(item)
    weight += own
  }
  return chunks
}

const member = (value: Json, name: string): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value[name] ?? null) : null)
export const idsOf = (value: Json): Id[] => {
  const ids = member(value, 'ids')
  return Array.isArray(ids) ? ids.map((id) => String(id) as Id) : []
}

export function createAsking(core: AskedCore, session: Session, key: string): Asking {
  let calls = 0
  let gestures = 0
  async function ask(name: string, input: unknown, group?: string): Promise<Json> {
    const call: Call = { name, input, id: `generate ${key} ${++calls}` }
    if (group !== undefined) call.group_id = deriveId(session.user_id, `generate ${key} group ${group}`)
    const answer = await core.execute(call, session)
    if ('error' in answer) throw new Error(`${name} was refused: ${answer.error.code} ${JSON.stringify(answer.error.details)}`)
    return answer.value
  }
  return {
    ask,
    async make(name, input, group) {
      return String(member(await ask(name, input, group), 'id')) as Id
    },
    async makeMany(name, items, inputOf, weigh = () => 1) {
      const group = `${name} ${++gestures}`
      const ids: Id[] = []
      for (const chunk of chunksOf(items, weigh)) ids.push(...idsOf(await ask(name, inputOf(chunk), group)))
      return ids
    },
  }
}
