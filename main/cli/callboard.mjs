#!/usr/bin/env node
// The command line. Starts on any Node from 20 on and hands over to the Node 24 that the project carries, on which the core runs.
import { join } from 'node:path'
import { handOver, projectFolder } from '../launch/runtime.mjs'

await handOver(join(projectFolder, 'main', 'cli', 'main.ts'))
