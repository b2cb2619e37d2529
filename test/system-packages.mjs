// On Debian as root, installs what the tests need and the machine lacks; elsewhere says what is missing and goes on.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'

/** Package and the file by which it is known to be there. `{arch}` is the machine's library folder. */
const NEEDED = [
  ['chromium', '/usr/bin/chromium'],
  ['postgresql', '/usr/lib/postgresql'],
  ['poppler-utils', '/usr/bin/pdftotext'],
  ['zbar-tools', '/usr/bin/zbarimg'],
  ['xvfb', '/usr/bin/xvfb-run'],
  ['xauth', '/usr/bin/xauth'],
  ['libgtk-3-0', '/usr/lib/{arch}/libgtk-3.so.0'],
  ['libnss3', '/usr/lib/{arch}/libnss3.so'],
  ['libasound2', '/usr/lib/{arch}/libasound.so.2'],
  ['libgbm1', '/usr/lib/{arch}/libgbm.so.1'],
]

const architectures = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }

function isThere(file) {
  const path = file.replace('{arch}', architectures[process.arch] ?? '')
  // An empty folder stays behind a removed package.
  return path === '/usr/lib/postgresql' ? existsSync(path) && readdirSync(path).length > 0 : existsSync(path)
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0
}

/** Answers false when a package could not be installed where it should be. */
export function installSystemPackages() {
  if (process.platform !== 'linux') return true
  const missing = NEEDED.filter(([, file]) => !isThere(file)).map(([name]) => name)
  if (missing.length === 0) return true
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) {
    console.log(`Not installed here: ${missing.join(', ')}. Tests that need them say so.`)
    return true
  }
  console.log(`Installing ${missing.join(', ')}...`)
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...missing]
  if (apt(install)) return true
  return apt(['update', '-qq']) && apt(install)
}
