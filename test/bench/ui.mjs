// `npm run bench:ui [-- --json]`: builds what a browser shows when it is not built, then measures the pages.
import { join } from 'node:path'
import { buildIsStale } from '../../main/launch/freshness.mjs'
import { assertSystemNode, projectFolder, projectNode, run } from '../../main/launch/runtime.mjs'

assertSystemNode()
const node = projectNode()
const built = buildIsStale() ? await run(node, [join(projectFolder, 'main', 'launch', 'build.mjs'), 'renderer'], { stdio: ['ignore', 2, 'inherit'] }) : 0
process.exitCode = built || (await run(node, [join(projectFolder, 'test', 'bench', 'ui', 'run.ts'), ...process.argv.slice(2)]))
