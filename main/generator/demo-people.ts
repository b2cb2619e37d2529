/** The people of "Les Nuits du Phare": invented, like their numbers. */
export interface DemoPerson {
  name: string
  kind?: 'team' | 'vendor'
  roles: readonly string[]
  phone: string | null
  /** May the number stand on sheets? Heads' numbers do unless refused. */
  consent?: 'given' | 'refused'
  languages?: readonly string[]
  engagement?: 'cddu_artist' | 'freelance' | 'employee' | 'volunteer' | 'agency'
}

const person = (name: string, number: number | null, roles: string, more: Omit<DemoPerson, 'name' | 'roles' | 'phone'> = {}): DemoPerson => ({
  name, phone: number === null ? null : `06 39 98 10 ${String(number).padStart(2, '0')}`, roles: roles.split(', '), ...more,
})

export const demoPeople: readonly DemoPerson[] = [
  person('Léa Martin', 0, 'Directrice de production, Chargé de production', { consent: 'given', engagement: 'employee' }),
  person('Inès Morvan', 1, 'Régisseuse générale, Régisseur plateau', { consent: 'given' }),
  person('Tom Lacaze', 2, 'Régisseur plateau, Machiniste', { consent: 'given' }),
  person('Karim Benali', 5, 'Chef électro, Pupitreuse', { consent: 'given' }),
  person('Jeanne Roux', 6, 'Pupitreuse, Électro'), person('Sacha Petit', 7, 'Électro, Poursuiteur'),
  person('Malik Sow', 8, 'Ingénieur façade, Technicien système', { consent: 'given' }),
  person('Élodie Fabre', 9, 'Ingénieure retours, Technicien HF'), person('Nino Costa', 10, 'Technicien système, Road', { languages: ['pt', 'fr'] }),
  person('Chloé Tran', 11, 'Opératrice vidéo, Poursuiteur', { consent: 'given' }),
  person('Bruno Keller', 12, 'Chef machiniste, Rigger', { consent: 'given' }), person('Anna Weiss', 13, 'Cintrière, Machiniste', { languages: ['de', 'fr'] }),
  person('Lola Ngata', 14, 'Cintrière, Habilleuse', { languages: ['en', 'fr'] }),
  { name: 'Manut’Ouest', kind: 'vendor', phone: '05 36 49 20 20', roles: ['Road'], consent: 'given', engagement: 'agency' },
  { name: 'Quatuor Estran', kind: 'team', phone: null, roles: ['Musicienne'], engagement: 'cddu_artist' },
  person('Paul Arnaud', 16, 'Comédien, Danseuse', { consent: 'refused', engagement: 'cddu_artist' }), person('Maud Perrin', 17, 'Cheffe de salle, Placeur', { consent: 'given', engagement: 'employee' }),
  person('Sophie Blanc', 18, 'SSIAP 2, Agent de sécurité', { consent: 'given' }), person('Ravi Anand', 20, 'Conducteur, Road', { languages: ['en', 'fr'] }),
  person('Rosa Dias', 21, 'Responsable catering, Cuisinier', { consent: 'given', languages: ['pt', 'fr'] }),
  person('Ambre Quéré', 22, 'Poursuiteur, Électro'), person('Idriss Tazi', 23, 'Technicien HF, Ingénieur façade'), person('Solène Cadoret', 24, 'Habilleuse, Maquilleur'),
  person('Gaspard Vitry', 25, 'Électro, Rigger'), person('Ninon Lescure', 26, 'Électro, Opératrice vidéo'), person('Yann Salaün', 27, 'Machiniste, Conducteur'),
  person('Fiammetta Ravasio', 28, 'Machiniste, Cintrière', { languages: ['it', 'fr'] }), person('Hugo Texier', 29, 'Chef rigger, Machiniste', { consent: 'given' }),
  person('Mona Haddad', 30, 'Responsable vidéo, Opératrice vidéo', { consent: 'given' }), person('Corentin Jouve', 31, 'Road, Runner'), person('Bérénice Palud', 32, 'Runner, Chargé de production'),
  person('Octave Rigal', 33, 'Runner, Placeur'), person('Delphine Naudin', 34, 'Administratrice, Chargé de production', { engagement: 'employee' }),
  person('Thibault Cordier', 35, 'Responsable logistique, Conducteur', { consent: 'given' }), person('Céleste Aubrac', 36, 'Cheffe costumière, Habilleuse', { consent: 'given' }),
  person('Armand Loiseau', 37, 'Maquilleur, Habilleuse'), person('Wojciech Górecka', 38, 'Rigger, Machiniste', { languages: ['pl', 'en'] }), person('Édith Marchal', 39, 'Comédien, Danseuse', { engagement: 'cddu_artist' }),
  person('Joachim Verdier', 40, 'Comédien, Musicienne', { engagement: 'cddu_artist' }), person('Perrine Duprat', 41, 'Danseuse, Comédien', { engagement: 'cddu_artist' }),
  person('Samuel Grimaud', 42, 'Agent de sécurité, SSIAP 2'), person('Nour Cherkaoui', 43, 'Responsable sécurité, SSIAP 2', { consent: 'given' }), person('Capucine Robic', 44, 'Placeur, Bénévole', { engagement: 'volunteer' }),
  person('Ulysse Maury', 45, 'Placeur, Bénévole', { engagement: 'volunteer' }), person('Violette Savary', 46, 'Bénévole, Placeur', { engagement: 'volunteer' }),
  person('Basile Hervieu', 47, 'Cuisinier, Runner'), person('Imogen Trewin', 48, 'Chargé de production, Runner', { languages: ['en', 'fr'] }),
]
