// `npm run lint`: style (eslint), the arrows between folders (dependency-cruiser), packages nobody uses.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder, projectNode, run } from './runtime.mjs'

const node = projectNode()
const inPackages = (path) => join(projectFolder, 'node_modules', path)
const FOLDERS = ['main', 'renderer', 'shared', 'sync-server', 'test'].filter((folder) => existsSync(join(projectFolder, folder)))

/** Used from a command line, a configuration value or by another package; never imported by name. */
const NOT_IMPORTED = new Set([
  'electron-builder',
  'prettier',
  'typescript',
  'typescript7',
  'dependency-cruiser',
  '@types/node',
  '@types/react-dom',
  'react-dom',
])

function sourcesIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourcesIn(path)
    return /\.(ts|tsx|mjs|js|cjs|css|yml)$/.test(entry.name) ? [path] : []
  })
}

function unusedPackages() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'))
  const files = [
    ...FOLDERS.flatMap((folder) => sourcesIn(join(projectFolder, folder))),
    ...['vite.config.ts', 'vitest.config.ts', 'eslint.config.js', 'electron-builder.yml'].map((name) => join(projectFolder, name)),
  ]
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n')
  const isNamed = (name) => {
    const typesOf = name.startsWith('@types/') ? name.slice('@types/'.length) : null
    return [`'${name}'`, `'${name}/`, `"${name}"`, `"${name}/`].some((quoted) => text.includes(typesOf ? quoted.replace(name, typesOf) : quoted))
  }
  return Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !NOT_IMPORTED.has(name) && !isNamed(name))
}

const eslint = await run(node, [inPackages('eslint/bin/eslint.js'), '.', '--max-warnings', '0', '--cache', '--cache-location', inPackages('.cache/eslint/')])
const arrows = await run(node, [inPackages('dependency-cruiser/bin/dependency-cruiser.mjs'), ...FOLDERS, '--output-type', 'err-long'])
const unused = unusedPackages()
for (const name of unused) console.error(`Unused package: ${name}`)
process.exit(eslint !== 0 || arrows !== 0 || unused.length > 0 ? 1 : 0)
