import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { mutating } from './test/sync/mutants/plugin.ts'

export default defineConfig({
  plugins: mutating(process.env['CALLBOARD_MUTANT']),
  test: {
    include: ['test/unit/**/*.test.{ts,tsx}', 'test/integration/**/*.test.{ts,tsx}', 'test/sync/**/*.test.{ts,tsx}'],
    // As many files at once as there are processors. Vitest's own would be one less: on two, half of the machine stood by.
    maxWorkers: availableParallelism(),
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // As in the browser: on a busy computer a slow start is not a fault of the product. Tried once more, and said at the end.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
})
