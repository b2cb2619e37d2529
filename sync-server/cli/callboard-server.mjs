#!/usr/bin/env node
// The sync server from a terminal. Starts on any Node from 20 on and hands over to the Node 24 that the project carries.
import { join } from 'node:path'
import { handOver, projectFolder } from '../../main/launch/runtime.mjs'

await handOver(join(projectFolder, 'sync-server', 'cli', 'main.ts'))
