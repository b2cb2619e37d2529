/** Kinds of conflict in words, for paper. */
import type { ConflictKind } from '../../../domain/planning/conflict-kinds.ts'

const words: Record<ConflictKind, readonly [fr: string, en: string]> = {
  person_overlap: ['Deux affectations se chevauchent', 'Two assignments overlap'],
  unavailable: ['Personne indisponible', 'Person unavailable'],
  option_expired: ['Option expirée', 'Hold expired'],
  rest_short: ['Repos trop court', 'Rest too short'],
  day_long: ['Journée trop longue', 'Day too long'],
  week_long: ['Semaine trop longue', 'Week too long'],
  certification_missing: ['Habilitation manquante ou expirée', 'Certification missing or expired'],
  skill_missing: ['Compétence manquante', 'Skill missing'],
  outside_mission: ['Hors des heures de la mission', 'Outside the mission’s times'],
  outside_project: ['Hors des dates du projet', 'Outside the project’s dates'],
  dependency_blocked: ['Mission précédente non terminée à temps', 'Earlier mission not finished in time'],
  slot_collision: ['Deux postes au même moment', 'Two slots at the same time'],
  locked: ['Mission verrouillée', 'Mission locked'],
  rate_mismatch: ['Tarif différent de la grille', 'Rate differs from the card'],
  need_open: ['Poste à pourvoir', 'Open post'],
  over_capacity: ['Jauge dépassée', 'Over capacity'],
  location_overlap: ['Lieu occupé par deux missions', 'Location used by two missions'],
  location_offline: ['Lieu indisponible', 'Location offline'],
  location_deprecated: ['Lieu abandonné', 'Location deprecated'],
  equipment_overlap: ['Matériel réservé deux fois', 'Equipment booked twice'],
  data_stale: ['Données anciennes', 'Stale information'],
}

/** Null: no kind that this program knows. */
export const conflictWords = (kind: unknown): readonly [fr: string, en: string] | null => Object.entries(words).find(([known]) => known === kind)?.[1] ?? null
