// Loaded before anything else (`node --import`): hands Node the source of one module with the text of one mutant in place of its own.
// Production code knows nothing of mutants. A text that is not there exactly once means that the code went on without its mutant.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const mutant = JSON.parse(process.env.CALLBOARD_MUTANT ?? 'null')
if (mutant) {
  const folder = new URL('../../../', import.meta.url)
  const changes = new Map()
  for (const { file, find, replace } of mutant.changes) {
    const url = pathToFileURL(fileURLToPath(new URL(file, folder))).href
    const source = changes.get(url) ?? readFileSync(new URL(url), 'utf8')
    const parts = source.split(find)
    if (parts.length !== 2) {
      console.error(`mutant “${mutant.name}”: ${file} has its text ${parts.length - 1} times, not once`)
      process.exit(3)
    }
    changes.set(url, parts.join(replace))
  }
  registerHooks({
    load(url, context, next) {
      const source = changes.get(url)
      return source === undefined ? next(url, context) : { ...next(url, context), source, shortCircuit: true }
    },
  })
}
