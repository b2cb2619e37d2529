import type { Flow, Piece, Run } from './frame.ts'

/** Least rows of a run beside its heading at the foot of a page. */
const LEAST_ROWS = 2

export interface Sized {
  heightOf: (piece: Piece) => number
  /** Of a page's text. */
  height: number
}

/** A piece in the order of the paper; `top`: it starts a page. */
export interface Placed {
  piece: Piece
  top: boolean
}

/**
 * Puts flows on pages by the measured heights of their pieces: heads of columns are said again on every page, a run that fits on one
 * page stays whole where the flow asks so, a longer one goes on under its heading with "(suite)".
 */
export function paginate(flows: readonly Flow[], { heightOf, height }: Sized): Placed[] {
  const placed: Placed[] = []
  let y = 0
  let turn = false
  const sum = (pieces: readonly (Piece | null | undefined)[]): number => pieces.reduce((total, piece) => total + (piece ? heightOf(piece) : 0), 0)
  const put = (piece: Piece | null): void => {
    if (!piece) return
    placed.push({ piece, top: turn })
    if (turn) y = 0
    turn = false
    // What is higher than a page breaks by itself and ends somewhere on a later one.
    const end = y + heightOf(piece)
    y = end <= height ? end : end % height
  }
  const nextPage = (): void => {
    if (y > 0) turn = true
    if (turn) y = 0
  }
  const fits = (size: number): boolean => y + size <= height

  function rowsOf(run: Run, head: Piece | null): void {
    for (const [index, row] of run.rows.entries()) {
      const left = run.rows.length - index
      // No single row alone on the next page.
      const room = left === LEAST_ROWS && index >= LEAST_ROWS ? heightOf(row) + heightOf(run.rows[index + 1] ?? row) : heightOf(row)
      if (index > 0 && !fits(room) && !(left === LEAST_ROWS && room > height)) {
        nextPage()
        put(head)
        put(run.again)
      }
      put(row)
    }
  }

  for (const flow of flows) {
    if (flow.fresh) nextPage()
    let started = false
    for (const run of flow.runs) {
      const lead = started ? [] : [...flow.lead, flow.head]
      const whole = sum([run.group, ...run.rows])
      const start = sum([...lead, run.group, ...run.rows.slice(0, LEAST_ROWS)])
      const stays = flow.whole && whole + sum([flow.head]) + (started ? 0 : sum(flow.lead)) <= height
      if (!fits(stays ? whole + sum(lead) : start)) {
        nextPage()
        if (started) put(flow.head)
      }
      for (const piece of lead) put(piece)
      put(run.group)
      rowsOf(run, flow.head)
      started = true
    }
    if (flow.runs.length === 0) {
      if (!fits(sum(flow.lead))) nextPage()
      for (const piece of flow.lead) put(piece)
    }
  }
  return placed
}
