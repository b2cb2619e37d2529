// Tells whether dist/ is older than the sources it is made of.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from './runtime.mjs'

const SOURCES = ['main', 'renderer', 'shared', 'vite.config.ts', 'package-lock.json']

/** Last file of the build: written only when everything before it succeeded. */
export const buildStamp = join(projectFolder, 'dist', '.built')

function newestIn(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  let newest = stat.mtimeMs
  for (const name of readdirSync(path)) newest = Math.max(newest, newestIn(join(path, name)))
  return newest
}

export function buildIsStale() {
  if (!existsSync(buildStamp)) return true
  const built = statSync(buildStamp).mtimeMs
  return SOURCES.some((source) => newestIn(join(projectFolder, source)) > built)
}
