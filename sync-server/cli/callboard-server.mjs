#!/usr/bin/env node
// The sync server from a terminal. Starts on any Node from 20 on and hands over to the Node 24 that the project carries.
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assertSystemNode, projectFolder, projectNode } from '../../main/launch/runtime.mjs'

assertSystemNode()
const main = join(projectFolder, 'sync-server', 'cli', 'main.ts')
const node = projectNode()

if (node === process.execPath) {
  await import('./main.ts')
} else {
  // Compiled code is kept between runs: half of every start.
  const env = { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'callboard-compiled') }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(error.message)
    process.exit(127)
  })
  child.on('exit', (code, signal) => process.exit(signal ? 128 : (code ?? 1)))
}
