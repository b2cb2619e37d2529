import type { CalendarProblemCode } from './calendar-event.ts'
import type { RowIssueCode } from './preview-types.ts'
import type { FileProblem } from './problems.ts'

export type ImportMessageCode =
  | RowIssueCode
  | CalendarProblemCode
  | FileProblem['code']
  | 'import.column_refused_nir'
  | 'import.column_refused_iban'
  | 'import.column_choice'

interface Words {
  fr: string
  en: string
}

/** What was found and what to do, one sentence each. `{found}` and `{expected}` are replaced. */
export const IMPORT_MESSAGES: Readonly<Record<ImportMessageCode, Words>> = {
  'import.file_empty': {
    fr: 'Le fichier est vide. Vérifiez l’export et recommencez.',
    en: 'The file is empty. Check the export and try again.',
  },
  'import.file_too_large': {
    fr: 'Le fichier pèse {found}, {expected}. Partagez-le en plusieurs fichiers.',
    en: 'The file weighs {found}, {expected}. Split it into several files.',
  },
  'import.too_many_rows': {
    fr: 'Il y a {found} lignes, {expected}. Partagez le tableau.',
    en: 'There are {found} rows, {expected}. Split the table.',
  },
  'import.too_many_columns': {
    fr: 'Il y a {found} colonnes, {expected}. Gardez les colonnes utiles.',
    en: 'There are {found} columns, {expected}. Keep the useful ones.',
  },
  'import.archive_too_large': {
    fr: 'Le classeur fait {found}, {expected}. Enregistrez la feuille voulue en CSV.',
    en: 'The workbook is {found}, {expected}. Save the wanted sheet as CSV.',
  },
  'import.format_unknown': {
    fr: 'C’est {found}. Enregistrez le tableau en {expected}.',
    en: 'This is {found}. Save the table as {expected}.',
  },
  'import.file_damaged': {
    fr: 'Le fichier ne se lit pas ({found}). Ouvrez-le dans un tableur et enregistrez-le à nouveau.',
    en: 'The file cannot be read ({found}). Open it in a spreadsheet and save it again.',
  },
  'import.no_rows': {
    fr: 'Aucune ligne remplie. Choisissez une autre feuille ou un autre fichier.',
    en: 'No filled row. Choose another sheet or file.',
  },
  'import.column_refused_nir': {
    fr: 'Colonne refusée : numéros de sécurité sociale. Ils ne sont ni lus ni gardés.',
    en: 'Column refused: social-security numbers. They are neither read nor kept.',
  },
  'import.column_refused_iban': {
    fr: 'Colonne refusée : coordonnées bancaires. Elles ne sont ni lues ni gardées.',
    en: 'Column refused: bank details. They are neither read nor kept.',
  },
  'import.column_choice': { fr: 'Deux colonnes pour un même champ : choisissez-en une.', en: 'Two columns for one field: choose one.' },
  'import.title_missing': { fr: 'Titre manquant. Donnez un titre à la ligne.', en: 'No title. Give the row a title.' },
  'import.start_missing': {
    fr: 'Début manquant. Donnez une date et une heure ({expected}).',
    en: 'No start. Give a date and time ({expected}).',
  },
  'import.end_missing': { fr: 'Fin manquante. Donnez une heure de fin ({expected}).', en: 'No end. Give an end time ({expected}).' },
  'import.date_missing': {
    fr: 'Heure « {found} » sans date. Ajoutez une date ({expected}).',
    en: 'Time “{found}” without a date. Add a date ({expected}).',
  },
  'import.time_missing': {
    fr: '« {found} » n’a pas d’heure. Ajoutez-la ({expected}).',
    en: '“{found}” has no time. Add one ({expected}).',
  },
  'import.date_unreadable': {
    fr: '« {found} » n’est pas une date lisible. Écrivez par exemple {expected}.',
    en: '“{found}” cannot be read as a date. Write for example {expected}.',
  },
  'import.no_such_day': {
    fr: '« {found} » n’existe pas au calendrier. Corrigez le jour ou l’ordre jour/mois.',
    en: '“{found}” is not in the calendar. Correct the day or the day/month order.',
  },
  'import.year_missing': {
    fr: '« {found} » n’a pas d’année. Choisissez l’année du fichier.',
    en: '“{found}” has no year. Choose the year of the file.',
  },
  'import.time_unreadable': {
    fr: '« {found} » n’est pas une heure lisible. Écrivez par exemple {expected}.',
    en: '“{found}” cannot be read as a time. Write for example {expected}.',
  },
  'import.zone_unknown': {
    fr: 'Fuseau « {found} » inconnu. Écrivez par exemple {expected}.',
    en: 'Unknown time zone “{found}”. Write for example {expected}.',
  },
  'import.zero_length': {
    fr: 'Durée nulle : la fin est égale au début ({found}). Corrigez l’heure de fin.',
    en: 'Zero length: the end equals the start ({found}). Correct the end time.',
  },
  'import.reversed': {
    fr: 'La fin ({found}) précède le début. Corrigez l’une des deux.',
    en: 'The end ({found}) comes before the start. Correct one of them.',
  },
  'import.clock_gap': {
    fr: '« {found} » n’existe pas ce jour-là (passage à l’heure d’été) : avancé d’autant.',
    en: '“{found}” does not exist on that day (clocks go forward): moved forward by as much.',
  },
  'import.clock_repeat': {
    fr: '« {found} » existe deux fois ce jour-là (passage à l’heure d’hiver) : la première est prise.',
    en: '“{found}” comes twice on that day (clocks go back): the first is taken.',
  },
  'import.whole_day': { fr: '« {found} » n’a pas d’heure : journée entière.', en: '“{found}” has no time: whole day.' },
  'import.window_long': {
    fr: 'Plus de 18 heures jusqu’à « {found} » : vérifiez la date de fin.',
    en: 'More than 18 hours until “{found}”: check the end date.',
  },
  'import.name_missing': { fr: 'Ni nom ni e-mail. Donnez au moins l’un des deux.', en: 'Neither name nor e-mail. Give at least one.' },
  'import.email_invalid': {
    fr: '« {found} » n’est pas une adresse e-mail. Écrivez-la comme {expected} ou videz la cellule.',
    en: '“{found}” is not an e-mail address. Write it like {expected} or clear the cell.',
  },
  'import.phone_unsure': {
    fr: 'Téléphone « {found} » gardé tel quel, format incertain ({expected}).',
    en: 'Telephone “{found}” kept as typed, its form is uncertain ({expected}).',
  },
  'import.phone_zero_restored': {
    fr: 'Téléphone « {found} » : le 0 perdu par le tableur est rendu ({expected}).',
    en: 'Telephone “{found}”: the 0 lost by the spreadsheet is restored ({expected}).',
  },
  'import.rate_unreadable': {
    fr: '« {found} » n’est pas un montant lisible. Écrivez par exemple {expected}.',
    en: '“{found}” cannot be read as an amount. Write for example {expected}.',
  },
  'import.rate_ambiguous': { fr: '« {found} » est lu comme {expected}. Vérifiez.', en: '“{found}” is read as {expected}. Check it.' },
  'import.kind_unknown': {
    fr: 'Type « {found} » inconnu, laissé de côté. Connus : {expected}.',
    en: 'Unknown kind “{found}”, left out. Known: {expected}.',
  },
  'import.engagement_unknown': {
    fr: 'Engagement « {found} » inconnu, laissé de côté. Connus : {expected}.',
    en: 'Unknown engagement “{found}”, left out. Known: {expected}.',
  },
  'import.duplicate_person': {
    fr: 'Personne en double : « {found} » est cité deux fois, la première mention est gardée.',
    en: 'Duplicate person: “{found}” is named twice, the first mention is kept.',
  },
  'import.duplicate_row': {
    fr: '« {found} » figure déjà plus haut : les deux lignes n’en font qu’une.',
    en: '“{found}” stands above already: the two rows are taken as one.',
  },
  'import.duplicate_external_id': {
    fr: 'Identifiant « {found} » déjà pris par une autre ligne. Corrigez l’un des deux.',
    en: 'Identifier “{found}” is taken by another row. Correct one of them.',
  },
  'import.person_missing': { fr: 'Personne manquante. Donnez un nom ou un e-mail.', en: 'No person. Give a name or an e-mail.' },
  'import.birth_date_unreadable': {
    fr: 'La date de naissance « {found} » est illisible : laissée de côté. Écrivez-la comme {expected}.',
    en: 'The date of birth “{found}” cannot be read: left aside. Write it as {expected}.',
  },
  'import.person_ambiguous': {
    fr: 'Plusieurs personnes s’appellent « {found} ». Dites laquelle, ou ajoutez l’e-mail.',
    en: 'Several people are called “{found}”. Say which one, or add the e-mail.',
  },
  'import.mission_missing': { fr: 'Mission manquante. Donnez son titre ou son code.', en: 'No mission. Give its title or code.' },
  'import.mission_not_found': {
    fr: 'Mission « {found} » introuvable. Corrigez la référence, ou donnez titre, début et fin pour la créer.',
    en: 'Mission “{found}” not found. Correct the reference, or give title, start and end to create it.',
  },
  'import.sealed_value_removed': {
    fr: 'Un numéro protégé a été retiré de « {found} ».',
    en: 'A protected number was removed from “{found}”.',
  },
  'import.event_canceled': { fr: '« {found} » est annulé dans l’agenda.', en: '“{found}” is canceled in the calendar.' },
  'import.outside_window': { fr: 'Hors des dates du projet ({found}).', en: 'Outside the dates of the project ({found}).' },
  'import.too_long': { fr: '« {found} » est trop long ({expected} caractères au plus). Raccourcissez.', en: '“{found}” is too long ({expected} characters at most). Shorten it.' },
  'import.cut': { fr: 'Texte trop long, coupé : « {found} ».', en: 'Text too long, cut short: “{found}”.' },
  'import.crew_role_unknown': {
    fr: 'Le poste « {found} » n’est pas au catalogue : gardé en note. Ajoutez-le au catalogue pour l’utiliser.',
    en: 'The crew role “{found}” is not in the catalogue: kept as a note. Add it to the catalogue to use it.',
  },
  'import.skill_unknown': {
    fr: 'La compétence « {found} » n’est pas au catalogue : gardée en étiquette.',
    en: 'The skill “{found}” is not in the catalogue: kept as a tag.',
  },
  'import.mission_locked': {
    fr: 'La mission « {found} » est verrouillée : rien n’y est modifié. Déverrouillez-la d’abord.',
    en: 'The mission “{found}” is locked: nothing is changed there. Unlock it first.',
  },
  'import.mission_canceled': { fr: 'La mission « {found} » est annulée : personne n’y est ajouté.', en: 'The mission “{found}” is canceled: nobody is added to it.' },
  'import.terms_answered': {
    fr: '{found} a déjà répondu sur ces conditions : elles restent. Proposez plutôt une modification.',
    en: '{found} has answered on these terms: they stay. Propose a change instead.',
  },
  'import.cancel_kept': {
    fr: '« {found} » n’est pas annulée ici : votre rôle ne le permet pas, ou des personnes y sont engagées.',
    en: '“{found}” is not canceled here: your role does not allow it, or people are engaged on it.',
  },
  'calendar.not_a_calendar': {
    fr: 'Ce n’est pas un agenda (début : « {found} »). Exportez-le au format .ics.',
    en: 'This is not a calendar (it begins “{found}”). Export it as .ics.',
  },
  'calendar.event_not_closed': {
    fr: 'Évènement incomplet (« {found} ») : sa fin manque. Exportez l’agenda à nouveau.',
    en: 'Incomplete event (“{found}”): its end is missing. Export the calendar again.',
  },
  'calendar.start_missing': {
    fr: 'Évènement sans début (« {found} »), laissé de côté.',
    en: 'Event without a start (“{found}”), left out.',
  },
  'calendar.time_unreadable': {
    fr: 'Date illisible (« {found} ») : évènement laissé de côté.',
    en: 'Unreadable date (“{found}”): event left out.',
  },
  'calendar.zone_unknown': {
    fr: 'Fuseau « {found} » inconnu et non décrit par le fichier : évènement laissé de côté.',
    en: 'Time zone “{found}” is unknown and not described by the file: event left out.',
  },
  'calendar.line_unreadable': { fr: 'Ligne illisible (« {found} »), laissée de côté.', en: 'Unreadable line (“{found}”), left out.' },
  'calendar.rule_unreadable': {
    fr: 'Répétition illisible (« {found} ») : évènement laissé de côté.',
    en: 'Unreadable repetition (“{found}”): event left out.',
  },
  'calendar.rule_endless': {
    fr: 'Répétition trop fréquente (« {found} ») : coupée.',
    en: 'Repetition too frequent (“{found}”): cut short.',
  },
  'calendar.too_many_instances': {
    fr: 'Trop de répétitions ({found}) : la suite est laissée de côté. Réduisez les dates du projet.',
    en: 'Too many repetitions ({found}): the rest is left out. Narrow the project’s dates.',
  },
  'calendar.range_not_followed': {
    fr: 'Changement « celui-ci et les suivants » appliqué à celui-ci seulement (« {found} »).',
    en: '“This and following” change applied to this one only (“{found}”).',
  },
  'calendar.superseded': {
    fr: 'Version plus ancienne d’un évènement répété dans le fichier, laissée de côté.',
    en: 'Older version of an event that comes twice in the file, left out.',
  },
}

/** The sentence of an issue in a language. */
export const issueText = (code: ImportMessageCode, language: 'fr' | 'en', parts: { found: string; expected?: string }): string =>
  IMPORT_MESSAGES[code][language].replaceAll('{found}', () => parts.found).replaceAll('{expected}', () => parts.expected ?? '')
