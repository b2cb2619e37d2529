/** How much of everything, by size of house. Figures are those of the project's target profiles, for what the core holds today. */
import type { workKinds } from '../../shared/domain/organization/model.ts'
import type { EngagementKind } from '../../shared/domain/engagement/rules.ts'

export const profileNames = ['S', 'M', 'L', 'XL', 'planning', 'demo'] as const
export type ProfileName = (typeof profileNames)[number]
export type SizedProfile = Exclude<ProfileName, 'demo'>

/** People who are engaged in one manner, and how many assignments they share. */
export interface Population {
  tag: string
  people: number
  departments: readonly string[]
  engagement: EngagementKind
  assignments: number
}

export interface Profile {
  organization: string
  kind: (typeof workKinds)[number]
  members: number
  populations: readonly Population[]
  projects: number
  /** Long projects side by side with the same people, and how much of everything each takes; left out: one long project, or many short ones of like size. */
  weights?: readonly number[]
  missions: number
  locations: number
  costCentres: number
  parties: number
  /** Days of the year over which projects are spread around today; one project alone begins at `firstDay`. */
  spreadDays: number
  firstDay: number
  /** Kinds of day of one project, in order, with their number of days (or their weight where projects are many). */
  phases: readonly { kind: MissionKind; days: number; perDay: number }[]
  /** Sheets, and versions of each in tenths. */
  sheets: number
  versionTenths: number
  slotsPerSheet: number
  /** Fixed date that stands for today unless another is given: the change of clocks of October 2026 is near. */
  today: string
}
export type MissionKind = 'prep' | 'build' | 'rehearsal' | 'show' | 'shoot' | 'strike' | 'travel' | 'off'

const technical = ['REG', 'LUM', 'SON', 'VID', 'PLT', 'RIG', 'HMC', 'LOG']
const film = ['MES', 'IMG', 'LUM', 'MAC', 'SON', 'DEC', 'HMC', 'REG', 'LOG', 'PRD']
const season = [
  { kind: 'prep', days: 2, perDay: 1 }, { kind: 'build', days: 2, perDay: 1 }, { kind: 'rehearsal', days: 3, perDay: 1 },
  { kind: 'show', days: 5, perDay: 1 }, { kind: 'strike', days: 1, perDay: 1 }, { kind: 'travel', days: 1, perDay: 1 },
] as const

export const profiles: Readonly<Record<SizedProfile, Profile>> = {
  S: {
    organization: 'Théâtre des Salines', kind: 'theatre', members: 3, projects: 5, missions: 80, locations: 30, costCentres: 6, parties: 12,
    populations: [
      { tag: 'équipe', people: 50, departments: technical, engagement: 'cddu_technician', assignments: 350 },
      { tag: 'artiste', people: 30, departments: ['ART', 'MES'], engagement: 'cddu_artist', assignments: 150 },
    ],
    spreadDays: 320, firstDay: 0, phases: season, sheets: 60, versionTenths: 15, slotsPerSheet: 11, today: '2026-10-12',
  },
  M: {
    organization: 'Festival des Grandes Marées', kind: 'event', members: 25, projects: 1, missions: 230, locations: 45, costCentres: 25, parties: 60,
    populations: [
      { tag: 'équipe', people: 300, departments: [...technical, 'SEC', 'CAT', 'ACC'], engagement: 'cddu_technician', assignments: 1900 },
      { tag: 'artiste', people: 200, departments: ['ART'], engagement: 'cddu_artist', assignments: 300 },
      { tag: 'bénévole', people: 250, departments: ['ACC', 'CAT', 'LOG'], engagement: 'volunteer', assignments: 900 },
      { tag: 'réserve', people: 150, departments: technical, engagement: 'freelance', assignments: 0 },
    ],
    spreadDays: 0, firstDay: 4, phases: [{ kind: 'build', days: 6, perDay: 8 }, { kind: 'show', days: 4, perDay: 36 }, { kind: 'strike', days: 3, perDay: 13 }],
    sheets: 78, versionTenths: 30, slotsPerSheet: 26, today: '2026-10-12',
  },
  L: {
    organization: 'Films de l’Estran', kind: 'film', members: 30, projects: 1, missions: 115, locations: 58, costCentres: 70, parties: 40,
    populations: [
      { tag: 'équipe', people: 150, departments: film, engagement: 'cddu_technician', assignments: 11_000 },
      { tag: 'rôle', people: 60, departments: ['ART'], engagement: 'cddu_artist', assignments: 650 },
      { tag: 'figuration', people: 240, departments: ['ART'], engagement: 'cddu_artist', assignments: 2400 },
    ],
    spreadDays: 0, firstDay: -60, phases: [{ kind: 'prep', days: 40, perDay: 1 }, { kind: 'shoot', days: 60, perDay: 1 }, { kind: 'strike', days: 15, perDay: 1 }],
    sheets: 60, versionTenths: 30, slotsPerSheet: 133, today: '2026-10-12',
  },
  XL: {
    organization: 'Réseau national des scènes', kind: 'event', members: 200, projects: 350, missions: 4500, locations: 1800, costCentres: 400, parties: 300,
    populations: [
      { tag: 'équipe', people: 3600, departments: [...technical, 'SEC', 'CAT'], engagement: 'cddu_technician', assignments: 19_000 },
      { tag: 'artiste', people: 1800, departments: ['ART', 'HMC'], engagement: 'cddu_artist', assignments: 9000 },
      { tag: 'accueil', people: 600, departments: ['ACC', 'CAT', 'LOG'], engagement: 'employee', assignments: 2000 },
    ],
    spreadDays: 360, firstDay: 0, phases: season, sheets: 3_000, versionTenths: 20, slotsPerSheet: 13, today: '2026-10-12',
  },
  planning: {
    organization: 'Festival des Îles', kind: 'event', members: 12, projects: 2, weights: [20, 1], missions: 420, locations: 40, costCentres: 21, parties: 10,
    populations: [
      { tag: 'équipe', people: 300, departments: [...technical, 'SEC', 'CAT'], engagement: 'cddu_technician', assignments: 8400 },
      { tag: 'artiste', people: 120, departments: ['ART'], engagement: 'cddu_artist', assignments: 1260 },
      { tag: 'bénévole', people: 80, departments: ['ACC', 'LOG'], engagement: 'volunteer', assignments: 840 },
    ],
    spreadDays: 0, firstDay: -14,
    phases: [{ kind: 'build', days: 12, perDay: 5 }, { kind: 'rehearsal', days: 8, perDay: 6 }, { kind: 'show', days: 30, perDay: 8 }, { kind: 'strike', days: 10, perDay: 5 }],
    sheets: 40, versionTenths: 15, slotsPerSheet: 11, today: '2026-10-12',
  },
}

/** Every place, everybody and day after day, rather than a season of short jobs. */
export const isLong = ({ projects, weights }: Profile): boolean => projects === 1 || weights !== undefined
