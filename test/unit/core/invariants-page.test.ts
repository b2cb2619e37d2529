import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('../../../', import.meta.url)
const rows = readFileSync(new URL('docs/invariants.md', root), 'utf8').split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| law '))
  .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))

describe('the page of invariants', () => {
  it('names only tests that are there', () => {
    expect(rows.length).toBeGreaterThan(40)
    const missing = rows.filter(([, file = '', test = '']) => !existsSync(new URL(file, root)) || !readFileSync(new URL(file, root), 'utf8').includes(test))
    expect(missing).toEqual([])
  })
})
