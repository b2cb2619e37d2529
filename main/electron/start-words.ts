/** Why Callboard did not start, and what a person can do, before any page could say it. */
import type { MenuLanguage } from './menu.ts'

const full = { fr: 'Le disque est plein. Libérez de la place, puis relancez Callboard. Rien n’est perdu.', en: 'The disk is full. Free some space, then start Callboard again. Nothing was lost.' }

const words: Readonly<Record<string, Readonly<Record<MenuLanguage, string>>>> = {
  'host.data_folder_in_use': {
    fr: 'Un autre Callboard utilise déjà ce dossier de données. Fermez-le, puis recommencez.',
    en: 'Another Callboard already uses this data folder. Close it and try again.',
  },
  'host.app_file_read_only': {
    fr: 'Le fichier des comptes ne peut pas être écrit. Donnez à votre compte le droit d’écrire dans le dossier des données, puis relancez Callboard. Rien n’est perdu.',
    en: 'The file of sign-ins cannot be written. Give your account the right to write in the data folder, then start Callboard again. Nothing was lost.',
  },
  'host.data_folder_read_only': {
    fr: 'Le dossier des données ne peut pas être écrit. Donnez à votre compte le droit d’y écrire, puis relancez Callboard. Rien n’est perdu.',
    en: 'The data folder cannot be written. Give your account the right to write in it, then start Callboard again. Nothing was lost.',
  },
  'host.app_file_full': full,
  'host.data_folder_full': full,
  'host.app_file_failed': {
    fr: 'L’ordinateur a refusé d’ouvrir le fichier des comptes. Fermez les programmes qui pourraient le tenir (antivirus, synchronisation), puis relancez Callboard. Rien n’est perdu.',
    en: 'The computer refused to open the file of sign-ins. Close the programs that may hold it (antivirus, synchronization), then start Callboard again. Nothing was lost.',
  },
}

/** null: nothing better than the error's own message. */
export const startWords = (code: string, language: MenuLanguage): string | null => words[code]?.[language] ?? null
