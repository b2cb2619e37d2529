/**
 * This computer was shut out of an organization (decision C35): what was not sent is sealed, everything else of it is wiped here, and the
 * sealed commands are handed to the server as soon as it takes them. In this order: cut anywhere, no unsent command is lost.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Id } from '../../shared/kernel/ids.ts'
import { HandoverRequest } from '../../shared/sync/server-wire.ts'
import { PROTOCOL, type PushEntry, type WireCommand } from '../../shared/sync/wire.ts'
import type { ConnectOptions } from './connecting.ts'
import { followsElsewhere } from './leaving.ts'
import type { ServerWay } from './servers.ts'

const Sealed = z.object({ by: z.string(), nonce: z.string(), sealed: z.string(), tag: z.string() })
const secretName = (org: Id): string => `handover ${org}`
const fileOf = (options: ConnectOptions, org: Id): string => join(options.folder.root, 'organizations', `${org}.handover`)

async function seal(options: ConnectOptions, way: ServerWay, org: Id, by: Id): Promise<void> {
  const file = fileOf(options, org)
  if (existsSync(file)) return
  const unsent = (await (await options.organizations.views.outbox(org)).entries(0, 50_000, true)).filter(({ carried }) => !carried)
  if (unsent.length === 0) return
  const commands: PushEntry[] = unsent.map(({ issuer, bytes }) => ({ issuer, prev: null, command: JSON.parse(bytes) as WireCommand }))
  const key = randomBytes(32)
  await way.credentials.write(secretName(org), key.toString('base64'))
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(commands), 'utf8'), cipher.final()])
  writeFileSync(`${file}.next`, JSON.stringify({ by, nonce: nonce.toString('base64'), sealed: sealed.toString('base64'), tag: cipher.getAuthTag().toString('base64') }), { mode: 0o600, flush: true })
  renameSync(`${file}.next`, file)
}

/** Hands over what is sealed. True: nothing is left to hand over. */
export async function handOver(options: ConnectOptions, way: ServerWay, org: Id): Promise<boolean> {
  const file = fileOf(options, org)
  if (!existsSync(file)) return true
  const { by, nonce, sealed, tag } = Sealed.parse(JSON.parse(readFileSync(file, 'utf8')))
  const key = await way.credentials.read(secretName(org))
  const session = await way.credentials.session(by as Id)
  if (key === null || session === null) return false
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), Buffer.from(nonce, 'base64'))
  decipher.setAuthTag(Buffer.from(tag, 'base64'))
  const text = Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()]).toString('utf8')
  const body = HandoverRequest.parse({ protocol: PROTOCOL, app_version: options.appVersion, commands: JSON.parse(text) })
  const reply = await way.calls.handover(session.access, org, body, `handover-${tag.slice(0, 40)}`)
  if (!reply.ok) return false
  rmSync(file, { force: true })
  await way.credentials.remove(secretName(org))
  await forgetSessions(options, way, org)
  return true
}

/** Wipes this computer of the organization. Answers whether what was unsent has been handed over already. */
export async function wipe(options: ConnectOptions, way: ServerWay, org: Id, by: Id): Promise<boolean> {
  const { app, folder, organizations, now } = options
  const server = app.serverOf(org)
  await organizations.exclusively(org, async () => {
    await seal(options, way, org, by)
    await organizations.views.close(org)
    if (server) await app.follow(org, { ...server, revoked_at: now() })
    rmSync(folder.organization(org).folder, { recursive: true, force: true })
  })
  if (!existsSync(fileOf(options, org))) await forgetSessions(options, way, org)
  return handOver(options, way, org)
}

async function forgetSessions({ app }: ConnectOptions, way: ServerWay, org: Id): Promise<void> {
  if (await followsElsewhere(app, org, way.url)) return
  for (const { id } of await app.users()) {
    await way.credentials.forget(id)
    await way.credentials.forgetKey(id)
  }
}
