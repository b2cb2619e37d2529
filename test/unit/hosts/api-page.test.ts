import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { describeOperations } from '../../../main/cli/operations.ts'

it('docs/api.md describes every operation as it is declared (npx callboard operations --markdown > docs/api.md)', () => {
  const page = readFileSync(fileURLToPath(new URL('../../../docs/api.md', import.meta.url)), 'utf8')
  expect(page).toBe(describeOperations(true))
})
