import { nameKey } from './names.ts'

export interface PersonIdentity {
  full_name: string
  email: string | null
  phone_e164: string | null
  phone: string | null
}

export interface PersonHit<Held> {
  held: Held
  by: 'email' | 'phone' | 'name'
  /** Several people answer to the same name: the first is taken and someone must look. */
  ambiguous: boolean
}

export interface PeopleIndex<Held> {
  add: (identity: PersonIdentity, held: Held) => void
  find: (identity: PersonIdentity) => PersonHit<Held> | null
}

export const emailKey = (email: string): string => email.trim().toLowerCase()
const phoneKey = (identity: PersonIdentity): string | null =>
  identity.phone_e164 ?? (identity.phone === null ? null : identity.phone.replace(/\D/g, '') || null)

/**
 * Who is who (ui 7.2): the same e-mail, else the same telephone, else the same folded name. Two different e-mails are two people
 * whatever else they share; two different telephones are two people of one name.
 */
export function peopleIndex<Held>(): PeopleIndex<Held> {
  interface Entry {
    email: string | null
    phone: string | null
    held: Held
  }
  const byEmail = new Map<string, Entry>()
  const byPhone = new Map<string, Entry[]>()
  const byName = new Map<string, Entry[]>()
  const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b
  return {
    add(identity, held) {
      const entry: Entry = { email: identity.email === null ? null : emailKey(identity.email), phone: phoneKey(identity), held }
      if (entry.email !== null && !byEmail.has(entry.email)) byEmail.set(entry.email, entry)
      if (entry.phone !== null) byPhone.set(entry.phone, [...(byPhone.get(entry.phone) ?? []), entry])
      const name = nameKey(identity.full_name)
      if (name !== '') byName.set(name, [...(byName.get(name) ?? []), entry])
    },
    find(identity) {
      const email = identity.email === null ? null : emailKey(identity.email)
      const phone = phoneKey(identity)
      const sameEmail = email === null ? undefined : byEmail.get(email)
      if (sameEmail) return { held: sameEmail.held, by: 'email', ambiguous: false }
      const samePhone = (phone === null ? [] : (byPhone.get(phone) ?? [])).filter((entry) => !differ(entry.email, email))
      if (samePhone[0]) return { held: samePhone[0].held, by: 'phone', ambiguous: new Set(samePhone.map((entry) => entry.held)).size > 1 }
      const name = nameKey(identity.full_name)
      const sameName = (name === '' ? [] : (byName.get(name) ?? [])).filter(
        (entry) => !differ(entry.email, email) && !differ(entry.phone, phone),
      )
      const held = new Set(sameName.map((entry) => entry.held))
      return sameName[0] ? { held: sameName[0].held, by: 'name', ambiguous: held.size > 1 } : null
    },
  }
}
