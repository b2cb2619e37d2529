import { nameKey } from './names.ts'

export interface PersonIdentity {
  full_name: string
  email: string | null
  phone_e164: string | null
  phone: string | null
  birth_year?: number | null
}

export interface PersonHit<Held> {
  held: Held
  by: 'email' | 'phone' | 'name_birth' | 'name'
  /** Several answer to it: the first is taken and someone must look. */
  ambiguous: boolean
  /** All who answer to it, `held` first. */
  all: readonly Held[]
}

export interface PeopleIndex<Held> {
  add: (identity: PersonIdentity, held: Held) => void
  find: (identity: PersonIdentity) => PersonHit<Held> | null
}

export const emailKey = (email: string): string => email.trim().toLowerCase()
const phoneKey = (identity: PersonIdentity): string | null =>
  identity.phone_e164 ?? (identity.phone === null ? null : identity.phone.replace(/\D/g, '') || null)

interface Entry<Held> {
  email: string | null
  phone: string | null
  year: number | null
  held: Held
}

/**
 * Who is who (ui 7.2): the same e-mail, else the same telephone, else the same folded name and year of birth, else the same name
 * alone. Two different e-mails are two people whatever else they share; two different telephones, or years of birth, are two
 * people of one name.
 */
export function peopleIndex<Held>(): PeopleIndex<Held> {
  const byEmail = new Map<string, Entry<Held>[]>()
  const byPhone = new Map<string, Entry<Held>[]>()
  const byName = new Map<string, Entry<Held>[]>()
  const differ = <T>(a: T | null, b: T | null): boolean => a !== null && b !== null && a !== b
  const push = (map: Map<string, Entry<Held>[]>, key: string, entry: Entry<Held>): void => {
    const known = map.get(key)
    if (known) known.push(entry)
    else map.set(key, [entry])
  }
  const hit = (entries: readonly Entry<Held>[], by: PersonHit<Held>['by']): PersonHit<Held> | null => {
    const all = [...new Set(entries.map((entry) => entry.held))]
    const [held] = all
    return held === undefined ? null : { held, by, ambiguous: all.length > 1, all }
  }
  return {
    add(identity, held) {
      const entry: Entry<Held> = {
        email: identity.email === null ? null : emailKey(identity.email), phone: phoneKey(identity), year: identity.birth_year ?? null, held,
      }
      if (entry.email !== null) push(byEmail, entry.email, entry)
      if (entry.phone !== null) push(byPhone, entry.phone, entry)
      const name = nameKey(identity.full_name)
      if (name !== '') push(byName, name, entry)
    },
    find(identity) {
      const email = identity.email === null ? null : emailKey(identity.email)
      const phone = phoneKey(identity)
      const year = identity.birth_year ?? null
      const sameEmail = hit(email === null ? [] : (byEmail.get(email) ?? []), 'email')
      if (sameEmail) return sameEmail
      const samePhone = hit((phone === null ? [] : (byPhone.get(phone) ?? [])).filter((entry) => !differ(entry.email, email)), 'phone')
      if (samePhone) return samePhone
      const name = nameKey(identity.full_name)
      const sameName = (name === '' ? [] : (byName.get(name) ?? [])).filter(
        (entry) => !differ(entry.email, email) && !differ(entry.phone, phone) && !differ(entry.year, year),
      )
      return hit(sameName.filter((entry) => year !== null && entry.year === year), 'name_birth') ?? hit(sameName, 'name')
    },
  }
}
