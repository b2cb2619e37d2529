import { Bell, CalendarRange, CircleHelp, Contact, DatabaseBackup, FileText, FileSignature, Flag, FolderKanban, Home, Import, MapPin, Settings, ShieldCheck, SlidersHorizontal, UserCog, Users, Wallet } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Key } from '../../i18n/index.ts'
import { paths } from '../routes.ts'
import type { Place } from '../routes.ts'

export interface Door {
  page: string
  label: Key
  icon: LucideIcon
  path: string
  /** Sequence that goes there from anywhere. */
  keys?: string
}

export interface Doors {
  project: Door[]
  organization: Door[]
}

/** What this person may enter that not everybody may. */
export interface Keys {
  keeper: boolean
  /** Of the open project. */
  costs: boolean
  /** Of the open project: who makes contracts, or has one of their own. */
  contracts: boolean
}

/** Doors that lead somewhere from where one is, for who may use them. */
export function doorsFrom({ org, project }: Place, { keeper, costs, contracts }: Keys): Doors {
  if (!org) return { project: [], organization: [] }
  return {
    project: project
      ? [
          { page: 'overview', label: 'nav.overview', icon: Home, path: paths.overview(org, project), keys: 'g v' },
          { page: 'missions', label: 'nav.missions', icon: Flag, path: paths.missions(org, project), keys: 'g m' },
          { page: 'planning', label: 'nav.planning', icon: CalendarRange, path: paths.planning(org, project), keys: 'g p' },
          { page: 'crew', label: 'nav.crew', icon: Contact, path: paths.crew(org, project), keys: 'g e' },
          { page: 'sheets', label: 'nav.sheets', icon: FileText, path: paths.sheets(org, project), keys: 'g s' },
          { page: 'locations', label: 'nav.locations', icon: MapPin, path: paths.projectLocations(org, project), keys: 'g l' },
          ...(contracts ? [{ page: 'contracts', label: 'nav.contracts' as const, icon: FileSignature, path: paths.contracts(org, project), keys: 'g c' }] : []),
          ...(costs ? [{ page: 'costs', label: 'nav.costs' as const, icon: Wallet, path: paths.costs(org, project) }] : []),
          { page: 'import', label: 'nav.import', icon: Import, path: paths.import(org, project) },
          { page: 'settings', label: 'nav.project_settings', icon: SlidersHorizontal, path: paths.project(org, project) },
        ]
      : [],
    organization: [
      { page: '', label: 'nav.projects', icon: FolderKanban, path: paths.organization(org), keys: 'g o' },
      { page: 'inbox', label: 'nav.inbox', icon: Bell, path: paths.inbox(org), keys: 'g i' },
      { page: 'directory', label: 'nav.people', icon: Users, path: paths.people(org), keys: 'g d' },
      ...(project ? [] : [{ page: 'locations', label: 'nav.locations' as const, icon: MapPin, path: paths.locations(org), keys: 'g l' }]),
      ...(keeper ? [{ page: 'members', label: 'nav.members' as const, icon: UserCog, path: paths.members(org) }] : []),
      { page: 'audit', label: 'nav.audit', icon: ShieldCheck, path: paths.audit(org), keys: 'g a' },
      { page: 'settings', label: 'nav.settings', icon: Settings, path: paths.settings(org, 'identity'), keys: 'g ,' },
      ...(keeper ? [{ page: 'data', label: 'nav.data' as const, icon: DatabaseBackup, path: paths.data(org) }] : []),
      { page: 'help', label: 'nav.help', icon: CircleHelp, path: paths.help(org), keys: 'g h' },
    ],
  }
}
