import { fold } from '../../../shared/kernel/text.ts'
import { isKey } from '../../i18n/index.ts'
import type { Key, Translate } from '../../i18n/index.ts'

export type SettingsGroup = 'organization' | 'people' | 'work' | 'sheets' | 'contracts' | 'computer'
export interface SettingsSection {
  /** Last part of the address, `/o/:org/settings/identity`. */
  id: string
  group: SettingsGroup
}

export const SETTINGS: readonly SettingsSection[] = [
  { id: 'identity', group: 'organization' },
  { id: 'rules', group: 'organization' },
  { id: 'members', group: 'people' },
  { id: 'roles', group: 'people' },
  { id: 'me', group: 'people' },
  { id: 'departments', group: 'work' },
  { id: 'crew-roles', group: 'work' },
  { id: 'skills', group: 'work' },
  { id: 'certifications', group: 'work' },
  { id: 'rates', group: 'work' },
  { id: 'templates', group: 'work' },
  { id: 'presets', group: 'work' },
  { id: 'layouts', group: 'sheets' },
  { id: 'messages', group: 'sheets' },
  { id: 'contracts', group: 'contracts' },
  { id: 'contract-templates', group: 'contracts' },
  { id: 'server', group: 'computer' },
  { id: 'venue', group: 'computer' },
  { id: 'data', group: 'computer' },
  { id: 'flags', group: 'computer' },
  { id: 'reports', group: 'computer' },
  { id: 'news', group: 'computer' },
]
export const GROUPS: readonly SettingsGroup[] = ['organization', 'people', 'work', 'sheets', 'contracts', 'computer']

const named = (part: 'section' | 'words', id: string): Key | null => {
  const key = `settings.${part}.${id.replaceAll('-', '_')}`
  return isKey(key) ? key : null
}
export const sectionTitle = (t: Translate, id: string): string => {
  const key = named('section', id)
  return key ? t(key) : id
}

/** Sections whose title or fields hold every word typed, accents and case aside. */
export function sectionsFor(t: Translate, typed: string, sections: readonly SettingsSection[] = SETTINGS): SettingsSection[] {
  const words = fold(typed).split(/\s+/).filter(Boolean)
  return sections.filter(({ id }) => {
    const about = named('words', id)
    const text = fold(`${sectionTitle(t, id)} ${about ? t(about) : ''}`)
    return words.every((word) => text.includes(word))
  })
}
