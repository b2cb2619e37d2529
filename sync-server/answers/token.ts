/**
 * The token of a link: which acceptance of which organization, for what, in which round, and a proof that this server wrote it. No table, no
 * personal data: made again whenever it is mailed again; what it opens is the state of the acceptance itself, and the round revokes it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { isId, type Id } from '../../shared/kernel/ids.ts'
import type { Secret } from '../secret.ts'

export const linkPurposes = ['answer', 'calendar', 'sheet'] as const
export type LinkPurpose = (typeof linkPurposes)[number]

export interface Link {
  org: Id
  /** Of an acceptance; of a sheet's delivery where the purpose is `sheet`. */
  id: Id
  purpose: LinkPurpose
  /** Counted from 1; at most 2^24 - 1. Links of former rounds open nothing. */
  round: number
}

/** Of what the link says: format 1, purpose 1, round 3, two ids of 16. Whole thirds, so that a token has one writing only. */
const SAID = 37
const PROOF = 32
const FORMAT = 1
const MOST_ROUND = 0xff_ff_ff
const USE = 'links'
/** Base64url of 69 bytes. */
export const TOKEN_LENGTH = ((SAID + PROOF) / 3) * 4
const FORM = new RegExp(`^[\\w-]{${TOKEN_LENGTH}}$`)

const bytesOf = (id: Id): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')
function idOf(bytes: Buffer): Id | null {
  const hex = bytes.toString('hex')
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  return isId(id) ? id : null
}
const proofOf = (key: Buffer, said: Buffer): Buffer => createHmac('sha256', key).update(said).digest()

/** 92 characters of base64url. Throws when the round cannot be written. */
export function makeToken(secret: Secret, { org, id, purpose, round }: Link): string {
  if (!Number.isInteger(round) || round < 1 || round > MOST_ROUND) throw new Error('a round is counted from 1')
  const said = Buffer.alloc(SAID)
  said.writeUInt8(FORMAT, 0)
  said.writeUInt8(linkPurposes.indexOf(purpose) + 1, 1)
  said.writeUIntBE(round, 2, 3)
  bytesOf(org).copy(said, 5)
  bytesOf(id).copy(said, 21)
  return Buffer.concat([said, proofOf(secret.keyOf(org, USE), said)]).toString('base64url')
}

/** Stands in for what is no id, so that it costs as much to find out. */
const NOBODY = '00000000-0000-4000-8000-000000000000' as Id

/**
 * What a token says, when this server wrote it for this purpose; else null. Wrong, cut, longer, altered, of another purpose: the same answer after the same
 * work. The round is to be compared by who knows the present one.
 */
export function readToken(secret: Secret, token: string, purpose: LinkPurpose): Link | null {
  const wellFormed = FORM.test(token)
  const bytes = wellFormed ? Buffer.from(token, 'base64url') : Buffer.alloc(SAID + PROOF)
  const said = bytes.subarray(0, SAID)
  const org = idOf(said.subarray(5, 21))
  const id = idOf(said.subarray(21))
  // Every key is tried: how long it takes does not say which one fits.
  let proved = false
  for (const key of secret.keysOf(org ?? NOBODY, USE)) if (timingSafeEqual(proofOf(key, said), bytes.subarray(SAID))) proved = true
  const round = said.readUIntBE(2, 3)
  const fits = said.readUInt8(0) === FORMAT && linkPurposes[said.readUInt8(1) - 1] === purpose && round >= 1
  return wellFormed && proved && fits && org !== null && id !== null ? { org, id, purpose, round } : null
}
