/** The run of show of "Marée haute", what is to be ticked off before it, and the cast of the reading next door. */

export interface DemoCue {
  kind?: 'banner'
  number?: string
  label: string
  /** On the clock, `24 20:30`; else it follows the line before. */
  at?: string
  minutes: number
  departments?: Readonly<Record<string, string>>
  notes?: string
}

export const demoCues: readonly DemoCue[] = [
  { number: '1', label: 'Entrée du public, ambiance de port', at: '24 20:15', minutes: 15, departments: { LUM: 'Salle 60 %, plateau bleu nuit', SON: 'Boucle « Port » en façade', VID: 'Titre fixe' } },
  { number: '2', label: 'Noir salle, corne de brume', minutes: 2, departments: { LUM: 'Noir en 8 s', SON: 'Corne, puis silence', VID: 'Fondu au noir', PLT: 'Rideau de fer levé, plateau libre' } },
  { number: '3', label: 'Prologue du gardien', minutes: 9, departments: { LUM: 'Douche jardin, suivre Paul', SON: 'HF 1', PLT: 'Échelle à cour au noir' } },
  { number: '4', label: 'La tempête', minutes: 14, departments: { LUM: 'Éclairs sur signe', SON: 'Vent, montée sur 3 min', VID: 'Houle, vitesse 2', PLT: 'Voile à 6 m, cintre 12' } },
  { number: '5', label: 'Quatuor seul', minutes: 11, departments: { LUM: 'Quatre contres, rien d’autre', SON: 'Acoustique reprise légère' } },
  { number: '6', label: 'Le phare s’allume', minutes: 8, departments: { LUM: 'Lyre phare, tour complet en 12 s', SON: 'Nappe grave', VID: 'Côte au loin', PLT: 'Trappe B ouverte' } },
  { number: '7', label: 'Chœur des dockers', minutes: 16, departments: { LUM: 'Plein feu chaud', SON: 'HF 1 à 4', PLT: 'Caisses à vue, six machinistes' } },
  { number: '8', label: 'Départ du bateau', minutes: 18, departments: { LUM: 'Descente en 90 s', SON: 'Moteur, panoramique cour', VID: 'Sillage', PLT: 'Voile en haut' } },
  { kind: 'banner', label: 'Entracte', at: '24 21:50', minutes: 20, notes: 'Rideau de fer baissé, essai à 22:05.' },
  { number: '9', label: 'Marée basse', at: '24 22:10', minutes: 20, departments: { LUM: 'Latéraux froids', SON: 'Gouttes, multidiffusion', VID: 'Vase, plan fixe', PLT: 'Sol mouillé, antidérapant posé' } },
  { number: '10', label: 'La lettre', minutes: 14, departments: { LUM: 'Serré sur la table', SON: 'HF 2, ambiance coupée' } },
  { number: '11', label: 'Marée haute', minutes: 22, departments: { LUM: 'Bleu montant, 4 min', SON: 'Pleine façade', VID: 'Houle, vitesse 4', PLT: 'Voile à 2 m' } },
  { number: '12', label: 'Saluts', minutes: 9, departments: { LUM: 'Plein feu, puis salle 80 %', SON: 'Musique de sortie', PLT: 'Rideau sur signe de la régie' } },
]

export const demoChecklists: Readonly<Record<string, readonly (readonly [label: string, done: boolean])[]>> = {
  maree: [['Plan de levage validé', true], ['Licence pyrotechnique affichée', true], ['Feuille d’émargement au hall A', false], ['Rideau de fer essayé devant la SSIAP', false], ['Canal 9 testé avec le PC sécurité', false]],
  demontage: [['Deux porteurs 19 t confirmés au quai B', true], ['Boissons chaudes commandées au catering', true], ['Casques et gilets comptés', false]],
}

/** Characters of the reading, and who reads them. */
export const demoCast: readonly (readonly [name: string, person: string | null])[] = [['Le narrateur', 'Joachim Verdier'], ['La marinière', 'Perrine Duprat'], ['La criée (voix)', null]]

/** People asked to join, with the role they would have. */
export const demoInvitations = [
  { name: 'Imogen Trewin', email: 'imogen@example.org', role: 'planner' },
  { name: 'Delphine Naudin', email: 'delphine@example.org', role: 'member' },
] as const

export const demoUnloading = `Déchargement, quai B

1. Un seul camion à quai, moteur arrêté. Hauteur : 4,00 m au plus.
2. Chaussures de sécurité et gilet dès la barrière. Casque sous la zone de levage.
3. Ordre : structure, moteurs, lumière, son, vidéo, costumes.
4. Aucun déchargement de 23:00 à 07:00, sauf dérogation affichée au PC Halle.

PC Halle : 05 36 49 30 00, canal 9.
`
