import type { KeyTimeCode, Language } from './snapshot.ts'
import { PERSON_MARKERS } from './snapshot.ts'

type Words = Record<string, string>
interface ChangeWords {
  added: string; addedAt: string; removed: string; modified: string; reordered: string; moved: string; confirmed: string
  duration: string; post: string; nobody: string; scene: string; sheet: string; yes: string; no: string
  markers: Words; keyTimes: Words; sections: Words; fields: Words; values: Words
}

export const keyTimeWords: Record<Language, Record<KeyTimeCode, string>> = {
  fr: {
    general_call: 'Convocation générale', breakfast: 'Petit déjeuner', get_in: 'Arrivée technique', ready_to_shoot: 'Prêt à tourner', shooting: 'Tournage',
    sound_check: 'Balances', doors: 'Ouverture public', half: 'Demi-heure', show: 'Représentation', curtain: 'Lever de rideau', interval: 'Entracte',
    meal: 'Repas', down: 'Baisser de rideau', wrap: 'Fin de service', load_out: 'Chargement', hard_out: 'Fin impérative', other: 'Horaire',
  },
  en: {
    general_call: 'General call', breakfast: 'Breakfast', get_in: 'Get-in', ready_to_shoot: 'Ready to shoot', shooting: 'Shooting call',
    sound_check: 'Sound check', doors: 'Doors', half: 'The half', show: 'Show', curtain: 'Curtain up', interval: 'Interval',
    meal: 'Meal', down: 'Curtain down', wrap: 'Wrap', load_out: 'Load-out', hard_out: 'Hard out', other: 'Time',
  },
}
export const markerWords: Record<Language, Record<(typeof PERSON_MARKERS)[number], string>> = {
  fr: { option: 'option', to_confirm: 'à confirmer', to_fill: 'à pourvoir' },
  en: { option: 'option', to_confirm: 'to be confirmed', to_fill: 'to be filled' },
}

export const changeWords: Record<Language, ChangeWords> = {
  fr: {
    added: 'ajout', addedAt: 'ajout à', removed: 'suppression', modified: 'modifié', reordered: 'ordre modifié', moved: 'autre service', confirmed: 'confirmé',
    duration: 'durée', post: 'poste', nobody: 'personne', scene: 'Séquence', sheet: 'Feuille', yes: 'oui', no: 'non',
    markers: markerWords.fr, keyTimes: keyTimeWords.fr,
    sections: {
      missions: 'Mission', slots: 'Déroulé', alerts: 'Alerte', departments: 'Service', 'location.access': 'Accès', 'location.pins': 'Repère', 'emergency.numbers': 'Urgences',
      'practical.weather.periods': 'Météo', 'practical.catering': 'Repas', 'practical.channels': 'Canal', 'practical.safety': 'Sécurité', notes: 'Note', transport: 'Transport',
      lodging: 'Hébergement', local_crew: 'Équipe locale', hospitality: 'Accueil', equipment: 'Matériel', scenes: 'Séquences', extras: 'Figuration',
      department_notes: 'Note de service', advance: 'Jour suivant', contacts: 'Contact', attachments: 'Pièce jointe', key_times: 'Horaires',
    },
    fields: {
      call_at: 'convoc.', start_at: 'début', end_at: 'fin', meal_at: 'repas', phone: 'tél.', channel: 'canal', remarks: 'remarque', crew_role: 'fonction', location: 'lieu', place: 'lieu',
      departments: 'services', detail: 'détail', pickup_at: 'prise en charge', arrive_at: 'arrivée', hmc_at: 'HMC', rehearsal_at: 'répétition', on_set_at: 'plateau', wrap_at: 'fin',
      status: 'statut', performer: 'interprète', quantity: 'nombre', number: 'numéro', eighths: 'huitièmes', minutes: 'minutes', cast: 'rôles', set: 'décor', effect: 'effet', light: 'effet',
      wardrobe: 'costume', holding: 'attente', driver: 'chauffeur', vehicle: 'véhicule', from: 'départ', to: 'arrivée', kind: 'genre', everyone: 'tous', person: 'qui', important: 'important',
      at: 'heure', name: 'nom', figure: 'valeur', note: 'précision', sha256: 'contenu', size_bytes: 'taille', visibility: 'visibilité', story_day: 'jour du récit', synopsis: 'résumé',
    },
    values: {
      date: 'Date', headline: 'Journée', day: 'Jour', unit: 'Équipe', layout: 'Modèle', zone: 'Fuseau', location: 'Lieu', 'location.name': 'Lieu', 'location.address': 'Adresse',
      'location.parking': 'Parking', 'location.coordinates': 'Coordonnées', emergency: 'Urgences', 'emergency.hospital': 'Hôpital', 'emergency.on_site': 'Secours sur place',
      'emergency.hospital.phone': 'Hôpital, téléphone', practical: 'Météo et soleil', legal_note: 'Mention', project: 'Projet', organization: 'Organisation',
    },
  },
  en: {
    added: 'added', addedAt: 'added at', removed: 'removed', modified: 'changed', reordered: 'new order', moved: 'other department', confirmed: 'confirmed',
    duration: 'length', post: 'post', nobody: 'nobody', scene: 'Scene', sheet: 'Sheet', yes: 'yes', no: 'no',
    markers: markerWords.en, keyTimes: keyTimeWords.en,
    sections: {
      missions: 'Mission', slots: 'Schedule', alerts: 'Alert', departments: 'Department', 'location.access': 'Access', 'location.pins': 'Pin', 'emergency.numbers': 'Emergency',
      'practical.weather.periods': 'Weather', 'practical.catering': 'Catering', 'practical.channels': 'Channel', 'practical.safety': 'Safety', notes: 'Note', transport: 'Transport',
      lodging: 'Lodging', local_crew: 'Local crew', hospitality: 'Hospitality', equipment: 'Equipment', scenes: 'Scenes', extras: 'Extras',
      department_notes: 'Department note', advance: 'Advance', contacts: 'Contact', attachments: 'Attachment', key_times: 'Key times',
    },
    fields: {
      call_at: 'call', start_at: 'start', end_at: 'end', meal_at: 'meal', phone: 'phone', channel: 'channel', remarks: 'remarks', crew_role: 'role', location: 'place', place: 'place',
      departments: 'departments', detail: 'detail', pickup_at: 'pick-up', arrive_at: 'arrive', hmc_at: 'hair and make-up', rehearsal_at: 'rehearsal', on_set_at: 'on set', wrap_at: 'wrap',
      status: 'status', performer: 'performer', quantity: 'number', number: 'number', eighths: 'eighths', minutes: 'minutes', cast: 'cast', set: 'set', effect: 'effect', light: 'light',
      wardrobe: 'wardrobe', holding: 'holding', driver: 'driver', vehicle: 'vehicle', from: 'from', to: 'to', kind: 'kind', everyone: 'all', person: 'who', important: 'important',
      at: 'time', name: 'name', figure: 'value', note: 'detail', sha256: 'content', size_bytes: 'size', visibility: 'visibility', story_day: 'story day', synopsis: 'synopsis',
    },
    values: {
      date: 'Date', headline: 'Day', day: 'Day', unit: 'Unit', layout: 'Layout', zone: 'Time zone', location: 'Location', 'location.name': 'Location', 'location.address': 'Address',
      'location.parking': 'Parking', 'location.coordinates': 'Coordinates', emergency: 'Emergency', 'emergency.hospital': 'Hospital', 'emergency.on_site': 'On-site aid',
      'emergency.hospital.phone': 'Hospital, phone', practical: 'Weather and sun', legal_note: 'Legal note', project: 'Project', organization: 'Organization',
    },
  },
}
