import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import type { OpenApp } from './open-app.ts'
import { projectFolder, startProgram, type Program } from './program.ts'

export interface RunningWebHost {
  url: string
  token: string
  program: Program
}

export async function startWebHost(data: string, ...args: string[]): Promise<RunningWebHost> {
  const cli = join(projectFolder, 'main', 'cli', 'callboard.mjs')
  const program = startProgram(process.execPath, [cli, 'web', '--data', data, '--port', '0', '--json', ...args])
  const [line] = await program.says(/^\{"url":.*\}$/m)
  const ready: { url: string; token: string } = JSON.parse(line)
  return { ...ready, program }
}

export async function openInBrowser(data: string, browser: () => Promise<Browser>): Promise<OpenApp> {
  const host = await startWebHost(data)
  const context = await (await browser()).newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true })
  const page = await context.newPage()
  await page.goto(`${host.url}#token=${host.token}`)
  return {
    page,
    url: host.url,
    close: async () => {
      await context.close()
      await host.program.end()
    },
  }
}
