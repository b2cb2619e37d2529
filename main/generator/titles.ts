/** Titles of invented works and words for days of work. */
import type { MissionKind } from './profiles.ts'

const nouns = ['Les Marées', 'Le Phare', 'La Lanterne', 'Les Salines', 'L’Écluse', 'Les Nuits', 'Le Grand Large', 'La Digue', 'Les Cordiers', 'Le Solstice', 'La Traversée', 'L’Archipel', 'Les Veilleurs', 'La Conserverie', 'Le Jusant']
const ends = ['d’octobre', 'sans fin', 'du Nord', 'en feu', 'à l’envers', 'immobiles', 'de verre', 'perdu', 'au matin', 'de papier', 'sous la pluie', 'en exil', 'du silence', 'ordinaire']

/** 210 different titles, then the same with a number. */
export function titleOf(index: number): string {
  const base = `${nouns[index % nouns.length] ?? ''} ${ends[(index + Math.floor(index / nouns.length)) % ends.length] ?? ''}`
  const series = Math.floor(index / (nouns.length * ends.length))
  return series > 0 ? `${base} ${series + 1}` : base
}

export const dayTitles: Readonly<Record<MissionKind, readonly string[]>> = {
  prep: ['Préparation', 'Repérages', 'Réunion technique', 'Essais'],
  build: ['Montage', 'Montage lumière', 'Implantation', 'Montage scène B'],
  rehearsal: ['Répétition', 'Filage', 'Raccords', 'Générale'],
  show: ['Représentation', 'Représentation scolaire', 'Concert', 'Plateau du soir'],
  shoot: ['Tournage', 'Tournage, extérieur', 'Tournage, studio'],
  strike: ['Démontage', 'Démontage et chargement', 'Rangement'],
  travel: ['Transport', 'Route'],
  off: ['Relâche'],
}

const parties = ['Lumières du Ponant', 'Manut’Ouest', 'Atelier des Brumes', 'Sonorisation Estran', 'Cars du Littoral', 'Traiteur des Quais', 'Location Grand Large', 'Costumes & Voiles', 'Ville d’Estrance', 'Fondation des Salines']
export const partyOf = (index: number): string => {
  const series = Math.floor(index / parties.length)
  return `${parties[index % parties.length] ?? ''}${series > 0 ? ` ${series + 1}` : ''}`
}
