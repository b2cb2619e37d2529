// Finds Electron's program, downloading it once when it is missing.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from './runtime.mjs'

const electronFolder = join(projectFolder, 'node_modules', 'electron')
const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
const programName = programs[process.platform] ?? 'electron'

/** A slow line may need minutes for 110 MB; a line without the download site answers within a second. */
const DOWNLOAD_LIMIT_MS = 10 * 60_000

function installedProgram() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return existsSync(join(override, programName)) ? join(override, programName) : null
  const versionFile = join(electronFolder, 'dist', 'version')
  if (!existsSync(versionFile)) return null
  const { version } = JSON.parse(readFileSync(join(electronFolder, 'package.json'), 'utf8'))
  const program = join(electronFolder, 'dist', programName)
  return readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') === version && existsSync(program) ? program : null
}

function download(node) {
  return new Promise((resolve) => {
    const child = spawn(node, [join(electronFolder, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_LIMIT_MS })
    child.on('error', () => resolve(false))
    child.on('exit', (code) => resolve(code === 0))
  })
}

/** Path of Electron's program, or null where it is not installed and cannot be downloaded. */
export async function electronProgram(node) {
  const present = installedProgram()
  if (present) return present
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return null
  console.log('Fetching the Electron runtime (once)...')
  return (await download(node)) ? installedProgram() : null
}
