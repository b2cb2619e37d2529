// `npm run package`: packages the built app. `-- --dir` makes the unpacked folder only, from the Electron that is already here.
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { buildIsStale } from './freshness.mjs'
import { projectFolder, projectNode, run } from './runtime.mjs'

const onlyFolder = process.argv.includes('--dir')
const node = projectNode()

if (buildIsStale()) {
  const code = await run(node, [join(projectFolder, 'main', 'launch', 'build.mjs')])
  if (code !== 0) process.exit(code)
}

const provided = process.env.ELECTRON_OVERRIDE_DIST_PATH
const args = [join(projectFolder, 'node_modules', 'electron-builder', 'cli.js'), '--publish', 'never']
if (onlyFolder) {
  await rm(join(projectFolder, 'release'), { recursive: true, force: true })
  args.push('--dir')
}
if (provided && existsSync(provided)) args.push(`--config.electronDist=${provided}`)
// The one fuse of electron-builder.yml that a provided, older runtime may not have: the packager refuses to set what is not there.
else args.push('--config.electronFuses.grantFileProtocolExtraPrivileges=false')
process.exit(await run(node, args))
