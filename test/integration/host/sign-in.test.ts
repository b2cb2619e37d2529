/** What a clock, an unknown e-mail and time itself give away or win: nothing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'

const START = Date.parse('2026-10-20T08:00:00.000Z')
const MINUTE = 60_000
const DAY = 86_400_000
const PIN = '204817'

let app: TestHost
let ines: string
beforeEach(async () => {
  app = await openTestHost({ clock: START })
  ines = await app.addUser('ines')
  await app.ask('lea', 'member.add', { user_id: ines, name: 'Inès', email: 'ines@example.org', role: 'planner', project_id: null })
  await app.signIn('ines', 'ines')
  await app.ask('ines', 'app.set_pin', { password: PASSWORD, pin: PIN })
})
afterEach(() => app.close())

const byPin = (): Promise<string> => app.code('tile', 'app.switch', { user_id: ines, pin: PIN })
const tileOpens = async (): Promise<unknown> => ((await app.ask('tile', 'app.people'))['items'] as { user_id: string; pin: boolean }[]).find(({ user_id }) => user_id === ines)?.pin

describe('a clock that is set', () => {
  it('back wins no day for a PIN: the password is asked for', async () => {
    app.pass(10 * DAY)
    expect(await byPin()).toBe('done')
    app.pass(-10 * DAY)
    expect(await byPin()).toBe('auth.pin_unusable')
    expect(await tileOpens()).toBe(false)
    // Said once more with the password, it counts again from there.
    await app.signIn('ines', 'ines')
    expect(await byPin()).toBe('done')
    app.pass(14 * DAY)
    expect(await byPin()).toBe('auth.pin_unusable')
  })

  it('back while Callboard was closed is seen when it opens', async () => {
    app.pass(13 * DAY)
    expect(await byPin()).toBe('done')
    await app.reopen(() => app.pass(-12 * DAY))
    expect(await byPin()).toBe('auth.pin_unusable')
  })

  it('back by what the network corrects asks nothing, and by small steps wins no more than one of them', async () => {
    app.pass(DAY)
    expect(await byPin()).toBe('done')
    app.pass(-4 * MINUTE)
    expect(await byPin()).toBe('done')
    app.pass(-4 * MINUTE)
    expect(await byPin()).toBe('auth.pin_unusable')
  })

  it('forward only shortens, and putting it right again asks for the password', async () => {
    app.pass(15 * DAY)
    expect(await byPin()).toBe('auth.pin_unusable')
    app.pass(-15 * DAY)
    expect(await byPin()).toBe('auth.pin_unusable')
    await app.signIn('ines', 'ines')
    expect(await byPin()).toBe('done')
  })
})

describe('an e-mail that nobody has here', () => {
  const tried = async (name: string, input: Record<string, string>): Promise<string[]> => {
    const said: string[] = []
    for (let at = 0; at < 6; at++) {
      const { code, retry_at } = await app.refusal('guess', name, input)
      said.push(`${String(code)} ${retry_at === undefined ? '' : String(Date.parse(String(retry_at)) - START)}`)
    }
    return said
  }

  it('is answered and made to wait as one that somebody has, for a password and for a recovery key, also after a restart', async () => {
    const known = await tried('app.sign_in', { email: 'ines@example.org', password: 'pas celle-ci' })
    expect(known).toEqual(['auth.failed ', 'auth.failed ', 'auth.failed ', 'auth.failed ', 'auth.delayed 2000', 'auth.delayed 2000'])
    expect(await tried('app.sign_in', { email: 'personne@example.org', password: 'pas celle-ci' })).toEqual(known)
    expect(await tried('app.recover', { email: 'lea@example.org', key: '22222', password: PASSWORD })).toEqual(known)
    expect(await tried('app.recover', { email: 'Inconnu@example.org', key: '22222', password: PASSWORD })).toEqual(known)
    await app.reopen()
    for (const email of ['ines@example.org', 'PERSONNE@example.org', 'inconnu@example.org']) expect(await app.code('guess', 'app.sign_in', { email, password: 'x' })).toBe('auth.delayed')
    app.pass(3000)
    for (const email of ['ines@example.org', 'personne@example.org']) expect(await app.refusal('guess', 'app.sign_in', { email, password: 'x' })).toEqual({ code: 'auth.failed' })
    for (const email of ['ines@example.org', 'personne@example.org']) expect(Date.parse(String((await app.refusal('guess', 'app.sign_in', { email, password: 'x' }))['retry_at'])) - START).toBe(7000)
  })

  it('takes the same time: wrong tries are answered at the ends of the same steps', async () => {
    const took = async (email: string): Promise<number> => {
      const began = performance.now()
      expect(await app.code('guess', 'app.sign_in', { email, password: 'pas celle-ci' })).toBe('auth.failed')
      return performance.now() - began
    }
    await took('premier@example.org')
    for (const email of ['ines@example.org', 'personne@example.org', 'lea@example.org', 'autre@example.org']) {
      const late = (await took(email)) % 250
      // A timer wakes a few milliseconds after its time, never before.
      expect(Math.min(late, 250 - late)).toBeLessThan(60)
    }
  })
})
