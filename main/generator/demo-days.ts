/**
 * The days of "Les Nuits du Phare": four of them in La Rochelle, from 22 to 25 October 2026, with the night when clocks go back.
 * Times are `22 08:00` of that October; a final `b` is the second of two equal hours.
 */
import type { MissionKind } from './profiles.ts'

export interface DemoPlace {
  key: 'halle' | 'plateau' | 'depot' | 'hangar'
  line: Record<string, unknown>
  status: 'active' | 'deprecated' | 'offline'
}
export const demoPlaces: readonly DemoPlace[] = [
  {
    key: 'halle', status: 'active', line: {
      name: 'Grande Halle du Port', address: '4 rue du Fanal\n17000 La Rochelle', latitude: 46.1558, longitude: -1.1532, capacity: 1200, gates: ['E', 'B'], hazards: ['quai sans garde-corps'],
      access_notes: 'Équipe : entrée E, avec badge. Camions : quai B, 4,00 m au plus.', parking: 'P2, 40 places, complet dès 16:00', power: 'Tri 125 A et 63 A', quiet_hours: 'Aucun déchargement de 23:00 à 07:00, sauf dérogation',
      hospital_name: 'CH du Littoral', hospital_address: '12 rue des Salines, La Rochelle', hospital_phone: '05 36 49 11 00', hospital_minutes: 8, on_site_aid: 'Poste loge 6, canal 9',
      contact_name: 'PC Halle', contact_phone: '05 36 49 30 00',
      pins: ([['E', 'entrée équipe, rue du Fanal', 0.1, 0.57], ['B', 'quai camions', 0.27, 0.2], ['P', 'parking P2', 0.89, 0.5], ['R', 'rassemblement, parvis sud', 0.56, 0.95]] as const)
        .map(([letter, label, x, y]) => ({ letter, label, latitude: null, longitude: null, x, y })),
    },
  },
  { key: 'plateau', status: 'active', line: { name: 'Plateau', kind: 'room', capacity: 12 } },
  { key: 'depot', status: 'deprecated', line: { name: 'Dépôt des Cordiers', address: '31 quai des Cordiers\n17000 La Rochelle' } },
  { key: 'hangar', status: 'offline', line: { name: 'Hangar des Salines', address: '2 chemin des Salines\n17440 Aytré' } },
]

export interface DemoMission {
  key: string
  day: string | null
  kind: MissionKind
  title: string
  place: DemoPlace['key']
  start: string
  end: string
  milestones?: readonly (readonly [label: string, at: string])[]
  /** Head counts beyond those who are assigned, by crew role. */
  open?: Readonly<Record<string, number>>
}
const mission = (key: string, day: string | null, kind: MissionKind, title: string, place: DemoPlace['key'], start: string, end: string, more: Partial<DemoMission> = {}): DemoMission =>
  ({ key, day, kind, title, place, start, end, ...more })

export const demoMissions: readonly DemoMission[] = [
  mission('depot', null, 'prep', 'Préparation au dépôt', 'depot', '20 09:00', '20 19:00'),
  mission('reunion', null, 'prep', 'Réunion technique', 'halle', '21 10:00', '21 19:00'),
  mission('dechargement', 'J1', 'build', 'Déchargement et accroche', 'halle', '22 08:00', '22 19:00'),
  mission('lumiere', 'J1', 'build', 'Montage lumière et son', 'plateau', '22 09:00', '22 20:00'),
  mission('reglages', 'J2', 'build', 'Réglages', 'plateau', '23 09:00', '23 18:00'),
  mission('filage', 'J2', 'rehearsal', 'Filage technique', 'plateau', '23 18:30', '23 22:30'),
  mission('raccords', 'J3', 'rehearsal', 'Raccords & balances', 'plateau', '24 13:30', '24 18:30'),
  mission('maree', 'J3', 'show', '« Marée haute »', 'plateau', '24 13:30', '25 00:30', { milestones: [['Repas', '24 18:45'], ['Ouverture au public', '24 19:45'], ['Représentation « Marée haute »', '24 20:30']] }),
  mission('demontage', 'J3', 'strike', 'Démontage & chargement', 'halle', '24 23:30', '25 06:00', { open: { Électro: 1, Road: 2 } }),
  mission('sceneb', 'J4', 'build', 'Montage scène B', 'halle', '25 09:00', '25 19:00'),
  mission('retour', 'J4', 'travel', 'Retour du matériel', 'hangar', '25 10:00', '25 14:00'),
  mission('cles', null, 'strike', 'État des lieux et remise des clés', 'halle', '27 10:00', '27 12:00'),
]

export interface DemoAssignment {
  mission: string
  person: string
  start?: string
  end?: string
  role?: string
  option?: true
  quantity?: number
  /** Cents beside the card's rate: somebody agreed on more. */
  extra?: number
  notes?: string
}
const on = (mission: string, lines: readonly (readonly [person: string, start?: string, end?: string, more?: Omit<DemoAssignment, 'mission' | 'person' | 'start' | 'end'>])[]): DemoAssignment[] =>
  lines.map(([person, start, end, more]) => ({ mission, person, ...(start ? { start } : {}), ...(end ? { end } : {}), ...more }))

export const demoAssignments: readonly DemoAssignment[] = [
  ...on('depot', [['Inès Morvan'], ['Thibault Cordier'], ['Yann Salaün'], ['Ravi Anand']]),
  ...on('reunion', [['Inès Morvan'], ['Léa Martin'], ['Karim Benali'], ['Malik Sow'], ['Hugo Texier'], ['Nour Cherkaoui']]),
  ...on('dechargement', [
    ['Inès Morvan'], ['Bruno Keller'], ['Hugo Texier'], ['Wojciech Górecka'], ['Manut’Ouest', '22 08:00', '22 14:00', { quantity: 8 }], ['Yann Salaün'], ['Fiammetta Ravasio'], ['Thibault Cordier', '22 08:00', '22 13:00'],
    ['Rosa Dias', '22 10:00', '22 18:00'], ['Basile Hervieu', '22 10:00', '22 18:00'], ['Corentin Jouve'],
  ]),
  ...on('lumiere', [['Karim Benali'], ['Jeanne Roux', '22 14:00', '22 20:00'], ['Gaspard Vitry'], ['Ninon Lescure'], ['Malik Sow', '22 10:00', '22 19:00'], ['Idriss Tazi'], ['Mona Haddad', '22 14:00', '22 20:00']]),
  ...on('reglages', [['Inès Morvan'], ['Tom Lacaze'], ['Karim Benali'], ['Jeanne Roux'], ['Malik Sow'], ['Élodie Fabre'], ['Mona Haddad'], ['Anna Weiss'], ['Céleste Aubrac', '23 13:00', '23 18:00']]),
  ...on('filage', [['Inès Morvan'], ['Tom Lacaze'], ['Jeanne Roux'], ['Malik Sow'], ['Paul Arnaud'], ['Quatuor Estran', '23 18:30', '23 22:00', { quantity: 4 }], ['Édith Marchal'], ['Solène Cadoret']]),
  ...on('raccords', [['Malik Sow'], ['Élodie Fabre', '24 14:00'], ['Ambre Quéré', '24 14:00'], ['Idriss Tazi', '24 14:00']]),
  ...on('maree', [
    ['Inès Morvan', '24 14:30', '25 00:30', { notes: 'Canal 1' }], ['Tom Lacaze', '24 13:30', '24 23:30', { notes: 'Canal 1' }], ['Karim Benali', '24 17:00', '24 23:30'], ['Jeanne Roux', '24 15:00', '24 23:30'],
    ['Malik Sow', '24 18:30', '24 23:30'], ['Élodie Fabre', '24 18:30', '24 23:30', { extra: 3000 }], ['Nino Costa', '24 18:00', '25 00:30', { option: true }], ['Chloé Tran', '24 16:00', '24 23:00'],
    ['Anna Weiss', '24 16:00', '25 00:30'], ['Lola Ngata', '24 16:00', '25 00:30'], ['Paul Arnaud', '24 17:30', '24 23:30'], ['Quatuor Estran', '24 16:30', '24 23:30', { quantity: 4 }],
    ['Maud Perrin', '24 18:30', '24 23:45'], ['Sophie Blanc', '24 18:00', '25 00:30'], ['Rosa Dias', '24 15:00', '24 21:00'],
  ]),
  ...on('demontage', [
    ['Karim Benali', '24 23:45', '25 02:15b'], ['Sacha Petit', '24 23:45', '25 04:45', { option: true }], ['Bruno Keller'], ['Manut’Ouest', '24 23:30', '25 05:30', { quantity: 4, notes: 'Quai B, EPI fournis' }],
    ['Ravi Anand', '24 22:00', '25 02:00'], ['Tom Lacaze', '24 23:30', '25 01:30'], ['Nino Costa', '24 23:45', '25 02:00', { role: 'Road' }],
  ]),
  ...on('sceneb', [['Inès Morvan', '25 11:30'], ['Bruno Keller', '25 15:00'], ['Karim Benali', '25 11:30'], ['Anna Weiss', '25 09:00', '25 14:00'], ['Hugo Texier'], ['Gaspard Vitry'], ['Fiammetta Ravasio']]),
  ...on('retour', [['Ravi Anand'], ['Thibault Cordier'], ['Manut’Ouest', '25 10:00', '25 14:00', { quantity: 2 }]]),
  ...on('cles', [['Inès Morvan'], ['Léa Martin']]),
]

/** The schedule of J3, in the order of time. Departments by code; none: everyone. */
export interface DemoSlot {
  kind: string
  label: string
  start: string
  end: string | null
  place: string
  departments: readonly string[]
  important?: true
  detail?: string
  person?: string
}
const slot = (start: string, end: string | null, label: string, place: string, departments: string, kind: string, more: Partial<DemoSlot> = {}): DemoSlot =>
  ({ start, end, label, place, kind, departments: departments === '' ? [] : departments.split(' '), ...more })

export const demoSlots: readonly DemoSlot[] = [
  slot('24 13:30', '24 14:30', 'Accueil équipe, café, émargement', 'Hall A', '', 'call'),
  slot('24 14:30', '24 17:00', 'Raccords lumière et conduite, séquences 4 à 9', 'Plateau', 'LUM VID REG', 'work', { person: 'Inès Morvan' }),
  slot('24 16:30', '24 18:00', 'Balances', 'Plateau', 'SON ART', 'rehearsal', { person: 'Inès Morvan' }),
  slot('24 18:45', '24 19:30', 'Repas chaud — 2 services', 'Foyer', '', 'meal'),
  slot('24 19:30', '24 19:45', 'Essai sécurité, évacuation, rideau de fer', 'Salle', 'SEC REG', 'safety'),
  slot('24 19:45', null, 'Ouverture au public', 'Portes 1–3', 'ACC SEC', 'doors', { important: true }),
  slot('24 20:30', '24 23:15', 'Représentation « Marée haute »', 'Plateau', '', 'show', { important: true, detail: 'entracte 21:50, 20 min' }),
  slot('24 23:15', '24 23:30', 'Fin du spectacle, sécurisation du plateau', 'Plateau', 'REG SEC', 'work'),
  slot('24 23:30', '25 06:00', 'Démontage & chargement', 'Plateau, quai B', 'PLT LUM SON', 'strike', { important: true, detail: '2 × 19 t, quai B' }),
  slot('25 06:00', null, 'Fin de service, remise des clés', 'Loge sécurité', 'REG', 'wrap'),
]
export const demoPause: DemoSlot = slot('25 02:15b', '25 02:45b', 'Pause encadrée, boissons chaudes', 'Foyer', '', 'break')

export const demoNotes: readonly (readonly [visibility: 'field' | 'internal', text: string])[] = [
  ['field', 'Tenue noire obligatoire au plateau dès 19:30, lampe frontale rouge en coulisse.'],
  ['field', 'Les feuilles d’heures se signent au bureau de production avant le départ.'],
  ['field', 'Parking P2 complet dès 16:00 : covoiturage depuis le dépôt à 12:45 et 13:00.'],
  ['internal', 'Heures de nuit : prévoir la majoration au devis du transporteur.'],
]
