/** Digests by which a device proves that it holds what the server would show it (of a row, and of a set of rows in any order), and by which a stream of lines proves to be whole. */
import { createHash } from 'node:crypto'
import { canonicalJson, sha256 } from '../kernel/hashing.ts'

/** Of a row as it goes over the wire: equal values give equal digests, whatever the order of columns. 128 bits, hexadecimal. */
export const digestOfRow = (row: Readonly<Record<string, unknown>>): string => sha256(canonicalJson(row)).slice(0, 32)

const SIZE = 1n << 128n

export interface Tally {
  add(row: Readonly<Record<string, unknown>>): void
  result(): { count: number; digest: string }
}

/** The sum of the rows' digests: the order in which they come does not matter, and two equal rows do not cancel out. */
export function tally(): Tally {
  let count = 0
  let sum = 0n
  return {
    add(row) {
      count += 1
      sum = (sum + BigInt(`0x${digestOfRow(row)}`)) % SIZE
    },
    result: () => ({ count, digest: sum.toString(16).padStart(32, '0') }),
  }
}

export interface LineSum {
  /** Without its end. */
  add(line: string): void
  result(): { count: number; digest: string }
}

/** Of lines in the order and the bytes in which they cross: that all of them arrived costs no thought about what they say. */
export function lineSum(): LineSum {
  const hash = createHash('sha256')
  let count = 0
  return {
    add(line) {
      count += 1
      hash.update(line).update('\n')
    },
    result: () => ({ count, digest: hash.copy().digest('hex') }),
  }
}
