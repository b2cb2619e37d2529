import { createServer, request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { joinVenue, VenueTrouble, type VenueGuest } from '../../../main/sync/venue/guest.ts'
import type { VenueHost } from '../../../main/sync/venue/host.ts'
import { forgetStale } from '../../../main/sync/carrying.ts'
import { DAY, fromMs } from '../../../shared/kernel/instants.ts'
import { shownTo } from '../../../shared/sync/replica/shown.ts'
import { bytesOf, WireCommand } from '../../../shared/sync/wire.ts'
import { openLab, org, until, type Lab, type Laptop } from './laptops.ts'

const Items = z.object({ items: z.array(z.looseObject({ id: z.string(), version: z.number(), title: z.string().optional(), display_name: z.string().optional(), phone: z.string().nullish(), notes: z.string().nullish() })) })

let lab: Lab
const open: (VenueHost | VenueGuest)[] = []
beforeEach(async () => {
  lab = await openLab()
})
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
  await lab.close()
})
const serve = async (laptop: Laptop): Promise<VenueHost> => {
  const host = await laptop.serve()
  open.push(host)
  return host
}
const join = async (laptop: Laptop, host: VenueHost | { url: string; code: string }): Promise<VenueGuest> => {
  const guest = await laptop.join(host)
  open.push(guest)
  return guest
}
const list = async (laptop: Laptop, name: string): Promise<z.infer<typeof Items>['items']> => Items.parse(await laptop.ask(name, { filter: {} })).items
const titles = async (laptop: Laptop): Promise<(string | undefined)[]> => (await list(laptop, 'mission.list')).map(({ title }) => title)
const project = (index: number): string => String(lab.world.projects[index])
const newMission = (title: string, where = project(0)) => ({ project_id: where, title, start_at: '2026-10-26T08:00:00.000Z', end_at: '2026-10-26T18:00:00.000Z' })
const stateOf = async (laptop: Laptop) => (await laptop.view()).replica.state()
const problemOf = async (joining: Promise<VenueGuest>): Promise<string> => {
  try {
    open.push(await joining)
    return 'joined'
  } catch (error) {
    return error instanceof VenueTrouble ? error.problem : String(error)
  }
}

describe('a laptop that serves the others without Internet', () => {
  it('shows each what the others enter, within seconds, and nothing of it as decided', async () => {
    const [manager, planner] = [await lab.laptop('manager'), await lab.laptop('second planner')]
    await lab.cutOff()
    const host = await serve(manager)
    const guest = await join(planner, host)
    await manager.ask('mission.create', newMission('Montage au poste de garde'))
    await planner.ask('mission.create', newMission('Démontage du praticable'))
    await until(async () => (await titles(planner)).includes('Montage au poste de garde'), 'the host’s on the guest', 5_000)
    await until(async () => (await titles(manager)).includes('Démontage du praticable'), 'the guest’s on the host', 5_000)
    expect(host.state()).toMatchObject({ role: 'host', peers: 1, trouble: null, serving: { address: '127.0.0.1', peers: [{ name: 'Personne second planner', device: 'laptop second planner', admitted: true }] } })
    expect(guest.state()).toMatchObject({ role: 'guest', name: 'Personne manager (laptop manager)', trouble: null, serving: null })
    for (const laptop of [manager, planner]) {
      expect((await stateOf(laptop)).waiting).toBe(1)
      expect((await laptop.outbox()).map(({ carried }) => carried).sort()).toEqual([false, true])
    }
  })

  it('delivers all of it once when the server is back, and every laptop then equals the server', async () => {
    const [manager, planner, admin] = [await lab.laptop('manager'), await lab.laptop('second planner'), await lab.laptop('admin')]
    await lab.cutOff()
    const host = await serve(manager)
    await join(planner, host)
    await join(admin, host)
    await planner.ask('mission.create', newMission('Balance'))
    await until(async () => (await titles(admin)).includes('Balance'), 'one guest’s on the other')
    // Built on what somebody else has not sent: waits for it at the server.
    const balance = (await list(admin, 'mission.list')).find(({ title }) => title === 'Balance')
    await admin.ask('mission.update', { id: balance?.id, version: balance?.version, changes: { title: 'Balance et filage' } })
    await until(async () => (await titles(planner)).includes('Balance et filage'), 'the change back where it was made')
    // The one who entered it never comes back on line; the host carries it.
    lab.online = true
    for (let rounds = 0; rounds < 3; rounds++) for (const laptop of [admin, manager]) {
      await laptop.round()
      await laptop.deliver()
    }
    await admin.round()
    expect(await titles(admin)).toContain('Balance et filage')
    expect((await admin.outbox()).length + (await manager.outbox()).length).toBe(0)
    await lab.comeBack()
    for (const laptop of [manager, planner, admin]) {
      expect(await laptop.outbox()).toEqual([])
      const { replica, file } = await laptop.view()
      const found = await lab.authority.verify(await replica.verifyRequest(), { user_id: laptop.user, device: laptop.parts.device.id })
      expect(found).toEqual({ comparable: true, differing: [] })
      expect((await file.readEngine.all("SELECT COUNT(*) AS n FROM mission WHERE title LIKE 'Balance%'", []))[0]).toEqual({ n: 1 })
    }
  })

  it('lets no row and no column travel to whoever may not see it, not even into their files', async () => {
    const [owner, member, viewer] = [await lab.laptop('owner'), await lab.laptop('member'), await lab.laptop('viewer')]
    await lab.cutOff()
    const host = await serve(owner)
    await join(member, host)
    await join(viewer, host)
    const [person] = await list(owner, 'collaborator.list')
    await owner.ask('collaborator.update', { id: person?.id, version: person?.version, changes: { phone: '06 39 98 55 55', notes: 'NOTE-PLANTEE-9191' } })
    await owner.ask('mission.create', newMission('TITRE-PLANTE-ALPHA'))
    await owner.ask('mission.create', newMission('Filage GAMMA', project(2)))
    // The viewer of the third project sees what is made there, and with it that everything before has come or been left out.
    await until(async () => (await titles(viewer)).includes('Filage GAMMA'), 'what they may see')
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    const planted = ['06 39 98 55 55', 'NOTE-PLANTEE-9191', 'TITRE-PLANTE-ALPHA']
    expect(owner.found(planted)).toEqual(planted)
    expect(viewer.found(planted)).toEqual([])
    expect(member.found([...planted, 'Filage GAMMA'])).toEqual([])
    // What left the host for them, before it was sealed.
    const { core, file } = await owner.view()
    const commands = (await (await owner.views.outbox(org)).entries()).map(({ issuer, bytes }) => ({ issuer, command: WireCommand.parse(JSON.parse(bytes)) }))
    expect(commands).toHaveLength(3)
    const told = await shownTo({ engine: file.engine, org, core }, viewer.user, commands)
    expect(told.map(({ command }) => bytesOf(command)).join('')).not.toMatch(/PLANT|55 55/)
    expect(told.map(({ command }) => command.input)).toEqual(told.map(() => null))
  })

  it('gives nobody sight by what is not decided yet', async () => {
    const [owner, planner] = [await lab.laptop('owner'), await lab.laptop('planner')]
    await lab.cutOff()
    const host = await serve(owner)
    await join(planner, host)
    const members = z.object({ items: z.array(z.looseObject({ id: z.string(), user_id: z.string() })) }).parse(await owner.ask('member.list', { filter: {} })).items
    const theirs = members.find(({ user_id }) => user_id === planner.user)
    await owner.ask('role.grant', { member_id: theirs?.id, role: 'org_admin', project_id: null })
    await owner.ask('mission.create', newMission('TITRE-SANS-DROIT'))
    await owner.ask('mission.create', newMission('Filage BETA', project(1)))
    await until(async () => (await titles(planner)).includes('Filage BETA'), 'what they may see')
    expect(planner.found(['TITRE-SANS-DROIT'])).toEqual([])
  })

  it('leaves it to the server who is right when two changed the same, and says so on both', async () => {
    const [manager, planner, second] = [await lab.laptop('manager'), await lab.laptop('second planner'), await lab.laptop('second planner', { name: 'other laptop' })]
    const given = await manager.ask('mission.create', newMission('Raccords'))
    await manager.round()
    await lab.cutOff()
    const host = await serve(manager)
    for (const [laptop, title] of [[planner, 'Raccords lumière'], [second, 'Raccords son']] as const) {
      const found = (await list(laptop, 'mission.list')).find(({ id }) => id === given['id'])
      await laptop.ask('mission.update', { id: found?.id, version: found?.version, changes: { title } })
    }
    await join(planner, host)
    await join(second, host)
    await until(async () => (await manager.outbox()).length === 2 && (await planner.outbox()).length === 2 && (await second.outbox()).length === 2, 'all three hold both')
    // Each keeps its own in view; nobody's was written over.
    expect((await list(planner, 'mission.list')).find(({ id }) => id === given['id'])?.title).toBe('Raccords lumière')
    expect((await list(second, 'mission.list')).find(({ id }) => id === given['id'])?.title).toBe('Raccords son')
    expect((await stateOf(planner)).failing + (await stateOf(second)).failing).toBeGreaterThan(0)
    await lab.comeBack()
    const last = (await list(manager, 'mission.list')).find(({ id }) => id === given['id'])?.title
    expect(['Raccords lumière', 'Raccords son']).toContain(last)
    for (const laptop of [planner, second]) expect((await list(laptop, 'mission.list')).find(({ id }) => id === given['id'])?.title).toBe(last)
    for (const laptop of [manager, planner, second]) expect(await laptop.outbox()).toEqual([])
  })

  it('closes with the app: who was served is told, joins again with the new code, and nothing comes twice', async () => {
    const [manager, planner] = [await lab.laptop('manager'), await lab.laptop('second planner')]
    await lab.cutOff()
    const host = await serve(manager)
    const { port, url } = host.serving()
    const guest = await join(planner, host)
    await planner.ask('mission.create', newMission('Avant la coupure'))
    await until(async () => (await titles(manager)).includes('Avant la coupure'), 'brought')
    await host.close()
    await manager.restart()
    await planner.ask('mission.create', newMission('Pendant la coupure'))
    await until(() => guest.state().trouble === 'unreachable', 'the guest notices')
    const again = await manager.serve(port)
    open.push(again)
    await until(() => guest.state().trouble === 'closed', 'the old code does no more', 20_000)
    expect(again.serving().code).not.toBe(host.serving().code)
    expect(await titles(manager)).toContain('Avant la coupure')
    await guest.close()
    await join(planner, { url, code: again.serving().code.toLowerCase().replaceAll('-', ' ') })
    await until(async () => (await titles(manager)).includes('Pendant la coupure'), 'brought after it')
    expect((await manager.outbox()).map(({ carried }) => carried)).toEqual([true, true])
    await lab.comeBack()
    const counted = await (await manager.view()).file.readEngine.all("SELECT title, COUNT(*) AS n FROM mission WHERE title LIKE '% la coupure' GROUP BY title ORDER BY title", [])
    expect(counted).toEqual([{ title: 'Avant la coupure', n: 1 }, { title: 'Pendant la coupure', n: 1 }])
  }, 60_000)

  it('goes on after the network dropped between two polls', async () => {
    const [manager, planner] = [await lab.laptop('manager'), await lab.laptop('second planner')]
    await lab.cutOff()
    const host = await serve(manager)
    // A wire that takes every third request and gives no answer back.
    const { dropping, stop } = await lossyWire(host.serving().port)
    const guest = await join(planner, { url: dropping, code: host.serving().code })
    for (let n = 0; n < 4; n++) {
      await planner.ask('mission.create', newMission(`Poste ${n}`))
      guest.nudge()
      await new Promise((resolve) => setTimeout(resolve, 400))
    }
    await until(async () => (await titles(manager)).filter((title) => title?.startsWith('Poste')).length === 4, 'all four', 40_000)
    expect((await manager.outbox()).length).toBe(4)
    await guest.close()
    await stop()
  }, 60_000)
})

/** Forwards requests; of every third, the answer is lost on the way. */
async function lossyWire(port: number): Promise<{ dropping: string; stop: () => Promise<void> }> {
  let count = 0
  const server = createServer((incoming, outgoing) => {
    const lost = ++count > 2 && count % 3 === 0
    const forwarded = request({ host: '127.0.0.1', port, path: incoming.url, method: incoming.method, headers: incoming.headers }, (answer) => {
      if (lost) {
        answer.resume()
        outgoing.destroy()
        return
      }
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(outgoing)
    })
    forwarded.on('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    dropping: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('what another computer had entered', () => {
  it('is shown no more when nobody ever delivered it, after 30 days with the server', async () => {
    const [manager, planner] = [await lab.laptop('manager'), await lab.laptop('second planner')]
    await lab.cutOff()
    const host = await serve(manager)
    await join(planner, host)
    await manager.ask('mission.create', newMission('Perdue avec son ordinateur'))
    await until(async () => (await titles(planner)).includes('Perdue avec son ordinateur'), 'shown')
    const outbox = await planner.views.outbox(org)
    expect(await forgetStale(outbox, fromMs(Date.now() + 29 * DAY))).toBe(0)
    expect(await forgetStale(outbox, fromMs(Date.now() + 31 * DAY))).toBe(1)
    await (await planner.view()).replica.catchUp()
    expect(await titles(planner)).not.toContain('Perdue avec son ordinateur')
    // Whoever entered it still has it, and so does who can deliver it.
    expect(await forgetStale(await manager.views.outbox(org), fromMs(Date.now() + 31 * DAY))).toBe(0)
    expect(await titles(manager)).toContain('Perdue avec son ordinateur')
  })
})

describe('who may come in', () => {
  it('is told apart by the code: a wrong one is refused, five make everybody there wait', async () => {
    const [manager, planner] = [await lab.laptop('manager'), await lab.laptop('second planner')]
    await lab.cutOff()
    const host = await serve(manager)
    const { url, code } = host.serving()
    expect(code).toMatch(/^[2-9A-HJKMNP-TW-Z]{4}-[2-9A-HJKMNP-TW-Z]{4}-[2-9A-HJKMNP-TW-Z]{4}$/)
    const wrong = `${code.slice(0, -1)}${code.endsWith('7') ? '8' : '7'}`
    for (let tries = 0; tries < 5; tries++) expect(await problemOf(planner.join({ url, code: wrong }))).toBe('code')
    expect(await problemOf(planner.join({ url, code: wrong }))).toBe('delayed')
    expect(await problemOf(planner.join({ url, code }))).toBe('delayed')
    expect(manager.noted.filter(({ event }) => event === 'venue.wrong_code')).toHaveLength(5)
  })

  it('waits to be let in when their key is not known here, is then carried for and told nothing', async () => {
    const [manager] = [await lab.laptop('manager')]
    await lab.cutOff()
    const host = await serve(manager)
    lab.online = true
    const late = await lab.laptop('second planner')
    lab.online = false
    const guest = await join(late, host)
    await late.ask('mission.create', newMission('Venue trop tard'))
    await manager.ask('mission.create', newMission('SECRET-DU-SOIR'))
    guest.nudge()
    await until(() => guest.state().trouble === 'waiting', 'waits')
    expect(await titles(manager)).not.toContain('Venue trop tard')
    const [peer] = host.serving().peers
    expect(peer).toMatchObject({ name: 'Personne second planner', admitted: false })
    expect(host.state().peers).toBe(0)
    expect(host.admit('nobody')).toBe(false)
    expect(host.admit(peer?.id ?? '')).toBe(true)
    await until(async () => (await titles(manager)).includes('Venue trop tard'), 'carried')
    await until(() => guest.state().trouble === null, 'let in')
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect(late.found(['SECRET-DU-SOIR'])).toEqual([])
  }, 30_000)

  it('is refused with a key that is not the one registered, or for another organization', async () => {
    const [manager, planner] = [await lab.laptop('manager'), await lab.laptop('second planner')]
    await lab.cutOff()
    const host = await serve(manager)
    lab.online = true
    const forged = await lab.laptop('second planner', { name: 'forged', registered: false })
    lab.online = false
    expect(await problemOf(joinVenue({ ...forged.parts, device: planner.parts.device }, host.serving()))).toBe('refused')
    expect(await problemOf(joinVenue({ ...planner.parts, org: planner.user }, host.serving()))).toBe('refused')
    expect(manager.noted.filter(({ event }) => event === 'venue.refused').map(({ fields }) => fields['why'])).toEqual(['key', 'organization'])
    expect(host.serving().peers).toEqual([])
  })

  it('shows nothing any more of what the server refused from somebody who was let in by mistake', async () => {
    const [manager, outsider] = [await lab.laptop('manager'), await lab.laptop('second planner', { registered: false })]
    await lab.cutOff()
    const host = await serve(manager)
    await join(outsider, host)
    await outsider.ask('mission.create', newMission('Entrée sans clé'))
    host.admit(host.serving().peers[0]?.id ?? '')
    await until(async () => (await titles(manager)).includes('Entrée sans clé'), 'shown meanwhile')
    lab.online = true
    await manager.round()
    expect(await manager.deliver()).toMatchObject({ taken: 0, refused: 1, trouble: null })
    await manager.round()
    expect(await titles(manager)).not.toContain('Entrée sans clé')
    expect(await manager.outbox()).toEqual([])
    expect(manager.noted.filter(({ event }) => event === 'carried.refused')).toHaveLength(1)
  })
})
