/** Invented people: first names and family names drawn apart, so that nobody in particular is meant. */
const frenchFirst = (
  'Adèle Agathe Alban Alice Aline Alma Amandine Ambre Anaïs André Anouk Antoine Apolline Armand Arthur Aurore Axel Baptiste Basile Bastien Béatrice Benoît Bérénice Blanche Bruno ' +
  'Camille Capucine Carole Céleste Célia Cyprien Clara Claude Clémence Clément Colette Côme Constance Corentin Cyril Damien Delphine Denis Diane Domitille Édith Élise Élodie Éloi ' +
  'Émile Emma Étienne Eugénie Fabien Fanny Félix Flavie Florent Gabin Gaëlle Gaspard Gilles Gwenaëlle Hélène Henri Hortense Hugo Inès Irène Isaure Jade Jean Jeanne Joachim Jules ' +
  'Justine Laure Lazare Léa Léon Léonie Lise Loïc Lou Louis Louise Lucie Ludovic Mathilde Maud Maxence Mélanie Mila Mona Nadège Naël Nathan Ninon Noé Noémie Octave Odile Oscar ' +
  'Pauline Paul Perrine Philippe Quentin Rachel Raphaël Rémi Robin Romane Rose Sabine Sacha Salomé Samuel Simon Solène Suzanne Sylvain Théo Thibault Tom Ulysse Valentine Victor ' +
  'Violette Vincent Xavier Yann Yvonne Zacharie Zélie'
).split(' ')
const frenchFamily = (
  'Abadie Alric Arnaud Aubrac Auclair Bachelet Baillet Barbier Bareau Bastide Beauvais Bellec Benali Berthier Bessière Blanc Blondeau Bonnefoy Bouvier Brissac Cadoret Cambon Caron ' +
  'Castel Cazenave Chabrol Charpin Clavel Colin Cordier Costes Coudert Courtin Dalmas Danjou Darnaud Delmas Demange Derrien Desprez Diarra Doucet Dubreuil Dumas Duprat Esnault ' +
  'Etcheverry Fabre Faucon Favre Ferrand Fontaine Forestier Fouquet Gaillard Garnier Gauthier Germain Girault Goasguen Granier Grimaud Guéguen Guérin Haddad Hamel Hervieu Huguet ' +
  'Imbert Jacquin Janvier Jolivet Jouve Keller Kerbrat Lacaze Lacoste Lafitte Lambert Lanoé Larrieu Laurens Lavigne Lebrun Lefort Lemaire Lenoir Lescure Lhermitte Loiseau Maillard ' +
  'Marchal Marin Marot Maury Mercier Meunier Michaud Montel Morvan Nadaud Naudin Nogaret Ollivier Palud Pascal Pelletier Périer Perrin Petitjean Peyrat Pichon Pinson Poirier Prigent ' +
  'Quéré Raynal Renaudin Ribeyre Rigal Rivière Robic Rousset Roux Sabatier Salaün Sarrazin Savary Sénéchal Sorel Tanguy Tessier Texier Thomasset Tournier Vasseur Verdier Vidal Vigneron Vitry Yvon'
).split(' ')

interface Origin {
  languages: readonly string[]
  first: readonly string[]
  family: readonly string[]
}
const origin = (languages: string, first: string, family: string): Origin => ({ languages: languages.split(' '), first: first.split(' '), family: family.split(' ') })

const abroad: readonly Origin[] = [
  origin('en', 'Imogen Callum Freya Rhys Tamsin Declan Orla Angus', 'Thackeray Holloway Pembrook Carrick Ashdown Mulvane Trewin Laidlaw'),
  origin('de en', 'Annika Jürgen Lieselotte Torsten Ulrike Kaspar', 'Weißkopf Brandauer Krögermann Steinfeld Hollerbach Rössner'),
  origin('es fr', 'Itziar Gonzalo Nuria Álvaro Begoña Íñigo', 'Etxebarria Ledesma Quiñones Valbuena Ibáñez Carrasquilla'),
  origin('it', 'Ludovica Ettore Ginevra Saverio Fiammetta Tullio', 'Bellandi Cappellari Montorsi Zanforlin Ravasio Torrigiani'),
  origin('pt fr', 'Inês Duarte Leonor Vasco Matilde Gonçalo', 'Sequeira Falcão Magalhães Quintela Brandão Vilhena'),
  origin('pl en', 'Agnieszka Łukasz Bogumiła Wojciech Małgorzata', 'Wiśniak Brzozowicz Śliwka Zakościel Górecka'),
  origin('ar fr', 'Yasmine Tarek Nour Idriss Samira Bilal', 'Bensaïd Cherkaoui Mansouri Tazi Boukhris Zerrouki'),
  origin('vi fr', 'Linh Minh Thảo Quang', 'Đặng Nguyễn-Hà Phạm Trương'),
]

export interface PersonName {
  first: string
  family: string
  languages: readonly string[]
  foreign: boolean
}

/** The nth name; the same n always gives the same one, and about 25,000 French ones follow before any comes back. */
export function nameOf(index: number, foreign: boolean): PersonName {
  if (!foreign) {
    const first = frenchFirst[index % frenchFirst.length] ?? 'Camille'
    const family = frenchFamily[(index * 7 + Math.floor(index / frenchFirst.length)) % frenchFamily.length] ?? 'Morvan'
    return { first, family, languages: ['fr'], foreign }
  }
  const from = abroad[index % abroad.length] ?? { languages: ['en'], first: ['Freya'], family: ['Holloway'] }
  const turn = Math.floor(index / abroad.length)
  const first = from.first[turn % from.first.length] ?? 'Freya'
  const family = from.family[(turn + Math.floor(turn / from.first.length)) % from.family.length] ?? 'Holloway'
  return { first, family, languages: from.languages, foreign }
}
