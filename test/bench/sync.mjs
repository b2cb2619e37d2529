// `npm run bench:sync [-- --json]`: starts on any Node from 20 on and hands over to the Node 24 that the project carries.
import { join } from 'node:path'
import { assertSystemNode, projectFolder, projectNode, run } from '../../main/launch/runtime.mjs'

assertSystemNode()
process.exitCode = await run(projectNode(), [join(projectFolder, 'test', 'bench', 'sync', 'run.ts'), ...process.argv.slice(2)])
