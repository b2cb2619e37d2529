/**
 * An organization is taken off this computer: its server keeps it, what is here of it goes. What is not sent would go with it, so that it is
 * said first, with a file of it to carry elsewhere (rule 22a): nothing is removed but what the person was told of.
 */
import { rmSync } from 'node:fs'
import { detail, refuse } from '../../shared/domain/errors.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { isUnsent } from '../../shared/store/outbox-file.ts'
import type { ConnectOptions } from './connecting.ts'
import { followsElsewhere } from './leaving.ts'
import type { ServerWay } from './servers.ts'

/** People of this computer whose commands the server has not settled, once for each command. */
export async function unsentOf({ organizations }: Pick<ConnectOptions, 'organizations'>, org: Id): Promise<Id[]> {
  return (await (await organizations.views.outbox(org)).heads()).filter(isUnsent).map(({ issuer }) => issuer)
}

/** `given_up`: how many unsent commands the person was told of. Refuses `sync.unsent` with how many there are, where that is another number. */
export async function removeFromHere(options: ConnectOptions, way: ServerWay, org: Id, given_up: number): Promise<void> {
  const { app, folder, organizations } = options
  const viewers = folder.viewers(org)
  await organizations.exclusively(org, async () => {
    const unsent = (await unsentOf(options, org)).length
    await organizations.views.close(org)
    if (unsent !== given_up) throw refuse('sync.unsent', detail(null, 'unsent', String(given_up), String(unsent)))
    const elsewhere = await followsElsewhere(app, org, way.url)
    for (const viewer of elsewhere ? [] : viewers) {
      const token = await way.sessions.access(viewer)
      if (token.ok) await way.calls.logout(token.value)
      await way.credentials.forget(viewer)
    }
    // Cut before the next line, it is still in the list and is removed again.
    rmSync(folder.organization(org).folder, { recursive: true, force: true })
    await app.forgetOrganization(org)
  })
}
