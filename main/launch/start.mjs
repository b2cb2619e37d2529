// `npm start`: installs, builds and opens Callboard. Runs on any Node from 20 on, before anything is installed.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { electronProgram } from './electron-runtime.mjs'
import { buildIsStale } from './freshness.mjs'
import { installPackages } from './install.mjs'
import { assertSystemNode, openInBrowser, projectFolder, projectNode, run } from './runtime.mjs'

const asRoot = process.platform === 'linux' && process.getuid?.() === 0

function openDesktop(program, args) {
  // Chromium refuses its sandbox to root; everybody else keeps it.
  return run(program, [...(asRoot ? ['--no-sandbox'] : []), projectFolder, ...args])
}

/** The same app in the default browser; ends when the person stops it with Ctrl+C. */
function openWeb(node, args) {
  return new Promise((resolve) => {
    const child = spawn(node, [join(projectFolder, 'main', 'cli', 'callboard.mjs'), 'web', '--json', ...args], {
      cwd: projectFolder,
      stdio: ['inherit', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (chunk) => {
      text += chunk
      const end = text.indexOf('\n')
      if (end < 0) return
      const { url, token } = JSON.parse(text.slice(0, end))
      child.stdout.removeAllListeners('data')
      child.stdout.resume()
      const address = `${url}#token=${token}`
      void openInBrowser(address).then((opened) => console.log(opened ? `Opened ${address} (Ctrl+C stops Callboard).` : `Open ${address} in a browser.`))
    })
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
    child.on('exit', (code) => resolve(code ?? 0))
  })
}

assertSystemNode()
if (!(await installPackages())) process.exit(1)
const node = projectNode()
if (buildIsStale()) {
  console.log('Building...')
  const code = await run(node, [join(projectFolder, 'main', 'launch', 'build.mjs')])
  if (code !== 0) process.exit(code)
}
const args = process.argv.slice(2)
const program = await electronProgram(node)
if (program) process.exit(await openDesktop(program, args))
console.log("Electron's runtime cannot be downloaded here: opening the same app in your browser instead.")
process.exit(await openWeb(node, args))
