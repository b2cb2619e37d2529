/** Hands Vitest the source of a module with the text of one mutant in place of its own, as patch.mjs hands it to Node. */
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vitest/config'
import type { Mutant } from './list.ts'

const folder = new URL('../../../', import.meta.url)

/** `given`: the mutant as it is asked for (`CALLBOARD_MUTANT`); none: no plugin. Throws when its text is not there exactly once. */
export function mutating(given: string | undefined): Plugin[] {
  if (given === undefined) return []
  const { name, changes } = JSON.parse(given) as Pick<Mutant, 'name' | 'changes'>
  return [{
    name: `mutant “${name}”`,
    enforce: 'pre',
    transform(code, id) {
      return changes.filter(({ file }) => fileURLToPath(new URL(file, folder)) === id.split('?')[0]).reduce((source, { file, find, replace }) => {
        const parts = source.split(find)
        if (parts.length !== 2) throw new Error(`mutant “${name}”: ${file} has its text ${parts.length - 1} times, not once`)
        return parts.join(replace)
      }, code)
    },
  }]
}
