/** `callboard web`: the app in a browser on this computer. */
import { fileURLToPath } from 'node:url'
import { startWebHost } from '../web/server.ts'
import { asking, openCore, signIn, type Who } from './asking.ts'
import { Misuse } from './failure.ts'

export interface WebCommand extends Who {
  data?: string | undefined
  port?: string | undefined
  json?: boolean | undefined
}

const WEB_CLIENT = 'web'
const renderer = fileURLToPath(new URL('../../dist/renderer/', import.meta.url))

/** Runs until SIGINT or SIGTERM; answers in flight are finished first. */
export async function serveWeb(command: WebCommand): Promise<void> {
  const port = Number(command.port ?? '0')
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Misuse(`--port ${command.port ?? ''} is not a port`)
  const core = await openCore(command.data, 'web')
  try {
    await signIn(asking(core, WEB_CLIENT), command)
    const host = await startWebHost({ core, renderer, port, client: WEB_CLIENT, bound: command.as !== undefined })
    const stopped = untilStopped()
    process.stdout.write(
      command.json ? `${JSON.stringify({ url: host.url, token: host.token })}\n` : `Callboard is at ${host.url}#token=${host.token}\nCtrl+C stops it.\n`,
    )
    await stopped
    await host.close()
  } finally {
    await core.close()
  }
}

/** A terminal sends Ctrl+C to the whole group, and the starting script passes it on: the second one must not cut the closing short. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
  })
}
