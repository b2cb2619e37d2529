/** How far an organization is on its way up to a server, or down from one, as the window that asked for it is told. In memory: a run that was cut begins again. */
import { FactsHead } from '../../shared/sync/facts/format.ts'

/** `account`: signing in there. `sending`: its rows go up. `checking`: the server verifies what it took. `filling`: what the server shows comes down, and is compared. */
export type MoveStep = 'account' | 'sending' | 'checking' | 'filling'

/** Rows; `of` null: nobody knows yet how many there are. */
export interface Move {
  step: MoveStep
  done: number
  of: number | null
}
export type Tell = (move: Move) => void

export interface Moves {
  of(client: string): Move | null
  /** What the work says of itself is told to this window until it is over. */
  during<T>(client: string, work: (tell: Tell) => Promise<T>): Promise<T>
}

export function openMoves(): Moves {
  const moves = new Map<string, Move>()
  return {
    of: (client) => moves.get(client) ?? null,
    async during(client, work) {
      moves.set(client, { step: 'account', done: 0, of: null })
      try {
        return await work((move) => void moves.set(client, move))
      } finally {
        moves.delete(client)
      }
    },
  }
}

/** Facts on their way up: what the network has taken of the rows that the first line announces. */
export async function* countedFacts(lines: AsyncIterable<string>, tell: Tell): AsyncGenerator<string> {
  let of: number | null = null
  let done = 0
  for await (const line of lines) {
    yield line
    if (of === null) of = FactsHead.parse(JSON.parse(line)).tables.reduce((sum, { rows }) => sum + rows, 0)
    else done++
    tell({ step: 'sending', done: Math.min(done, of), of })
  }
  tell({ step: 'checking', done: of ?? 0, of })
}

/** Lines of a snapshot as they come: all but the first and the last are rows. */
export async function* countedRows(lines: AsyncIterable<string>, tell: Tell): AsyncGenerator<string> {
  let done = -1
  for await (const line of lines) {
    yield line
    tell({ step: 'filling', done: Math.max(0, ++done), of: null })
  }
}
