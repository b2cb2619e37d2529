// Installs the npm packages when they are missing or when package-lock.json has changed since the last installation.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder, run } from './runtime.mjs'

const stampFile = join(projectFolder, 'node_modules', '.callboard-install')

function lockDigest() {
  return createHash('sha256').update(readFileSync(join(projectFolder, 'package-lock.json'))).digest('hex')
}

function installedDigest() {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : null
}

/** Answers false when the installation failed; npm has then said why. */
export async function installPackages() {
  if (installedDigest() === lockDigest()) return true
  console.log('Installing packages (npm ci)...')
  const command = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const code = await run(command, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { shell: process.platform === 'win32' })
  if (code !== 0) return false
  writeFileSync(stampFile, lockDigest())
  return true
}
