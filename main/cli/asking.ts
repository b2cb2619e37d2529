/** One run of the command line against the core: opens the data folder, signs in, asks, closes. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { dataFolder } from '../bridge/data-folder.ts'
import { startCore, type CoreClient } from '../host/core-client.ts'
import { Misuse, Refused } from './failure.ts'
import { readPassword } from './password.ts'

const packageFile = fileURLToPath(new URL('../../package.json', import.meta.url))

/** Version of the app, from its package file. */
export function appVersion(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8'))).version
}

export interface Who {
  /** E-mail of the acting person; left out: the session kept on this computer, if any. */
  as?: string | undefined
  /** Narrows what the session may do, for example `project:read`; several by commas. */
  scope?: string | undefined
}

const Detail = z.object({
  field: z.string().nullable(),
  issue: z.string(),
  expected: z.string().nullable().default(null),
  found: z.string().nullable().default(null),
})
const Answer = z.union([
  z.object({ value: z.unknown(), request_id: z.string().optional() }),
  z.object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      details: z.array(Detail),
    }),
  }),
])

export interface Asking {
  core: CoreClient
  client: string
  /** The answer's value; throws `Refused`. */
  ask(name: string, input: unknown, options?: { org?: string | undefined; id?: string | undefined; scope?: readonly string[] | undefined }): Promise<unknown>
}

/** Starts the core on a data folder. Rejects with `host.data_folder_in_use` when another Callboard has it. */
export function openCore(data: string | undefined, device: 'web' | 'cli'): Promise<CoreClient> {
  return startCore({
    dataDir: dataFolder(data),
    appVersion: appVersion(),
    device,
    // A command ends at once; what it entered goes with the next exchange of the app.
    sync: device === 'web',
    worker: new URL('../host/worker.ts', import.meta.url),
  })
}

export function asking(core: CoreClient, client: string): Asking {
  return {
    core,
    client,
    async ask(name, input, options = {}) {
      const { org, id, scope } = options
      const text = await core.call({ client, name, input, ...(org === undefined ? {} : { org }), ...(id === undefined ? {} : { id }), ...(scope === undefined ? {} : { scope }) })
      const answer = Answer.parse(JSON.parse(text))
      if ('error' in answer) throw new Refused(answer.error)
      return answer.value
    },
  }
}

/** Signs the run in as one user, with the password from CALLBOARD_PASSWORD or stdin. */
export async function signIn(run: Asking, who: Who): Promise<void> {
  if (who.as === undefined) {
    if (who.scope !== undefined) throw new Misuse('--scope narrows a session: give --as too')
    return
  }
  const password = await readPassword(who.as)
  const scope = who.scope?.split(',').map((one) => one.trim())
  await run.ask('app.sign_in', { email: who.as, password }, { scope })
}

/** Runs one command against the core and closes it whatever happens. */
export async function withCore<T>(options: Who & { data?: string | undefined }, work: (run: Asking) => Promise<T>): Promise<T> {
  const core = await openCore(options.data, 'cli')
  try {
    const run = asking(core, 'cli')
    await signIn(run, options)
    return await work(run)
  } finally {
    await core.close()
  }
}
