// `npm run build [mode...]`: bundles the renderer and the files of the desktop host into dist/.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { buildStamp } from './freshness.mjs'
import { projectFolder } from './runtime.mjs'

const MODES = ['renderer', 'main', 'preload', 'core-worker', 'upkeep-thread', 'printing-thread']

const asked = process.argv.slice(2)
const unknown = asked.filter((mode) => !MODES.includes(mode))
if (unknown.length > 0) {
  console.error(`Unknown build: ${unknown.join(', ')}. Known: ${MODES.join(', ')}.`)
  process.exit(1)
}

process.chdir(projectFolder)
rmSync(buildStamp, { force: true })
const { build } = await import('vite')
const started = performance.now()
try {
  for (const mode of asked.length > 0 ? asked : MODES) await build({ mode, logLevel: 'warn' })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
if (asked.length === 0) {
  mkdirSync(dirname(buildStamp), { recursive: true })
  writeFileSync(buildStamp, '')
}
console.log(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
