import { createHmac, hash, type KeyObject } from 'node:crypto'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Whether `JSON.stringify` writes it as it is to be: members in order and defined, nothing with a writing of its own. */
function isOrdered(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol'
  if ('toJSON' in value) return false
  if (Array.isArray(value)) return value.every(isOrdered)
  let last: string | null = null
  for (const [name, member] of Object.entries(value)) {
    if ((last !== null && name < last) || !isOrdered(member)) return false
    last = name
  }
  return true
}

/** JSON with object keys sorted and no space: equal values give equal bytes. Undefined members are left out. */
export const canonicalJson = (value: unknown): string => (isOrdered(value) ? JSON.stringify(value) : sortedJson(value))

function sortedJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map((item) => sortedJson(item ?? null)).join(',')}]`
  const record = value as Record<string, unknown>
  const keys = Object.keys(record).sort()
  let text = ''
  for (const key of keys) {
    const member = record[key]
    if (member === undefined) continue
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${sortedJson(member)}`
  }
  return `{${text}}`
}

/** One shot: half the time of a hash object on the short texts that ids and events are. */
export const sha256 = (bytes: string | Uint8Array): string => hash('sha256', bytes, 'hex')
/** Where a row must name a file and there is none any more: no file has it. The digest of nothing, written out: nothing is hashed while a program starts. */
export const NO_FILE = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
export const hmacSha256 = (key: string | KeyObject, text: string): Buffer => createHmac('sha256', key).update(text).digest()
