/** Venues with their sites and rooms, access and nearest help. Towns exist; addresses, venues, hospitals and numbers do not. */
import type { Id } from '../../shared/kernel/ids.ts'
import type { Asking } from './asking.ts'
import { landlineOf, type Region } from './contacts.ts'
import type { Random } from './random.ts'

interface Town {
  name: string
  postcode: string
  region: Region
  latitude: number
  longitude: number
  zone: string
}
const town = (name: string, postcode: string, region: Region, latitude: number, longitude: number, zone = 'Europe/Paris'): Town => ({ name, postcode, region, latitude, longitude, zone })

const towns: readonly Town[] = [
  town('La Rochelle', '17000', 'ocean', 46.16, -1.15), town('Bordeaux', '33000', 'ocean', 44.84, -0.58), town('Bayonne', '64100', 'ocean', 43.49, -1.47),
  town('Nantes', '44000', 'west', 47.22, -1.55), town('Rennes', '35000', 'west', 48.11, -1.68), town('Brest', '29200', 'west', 48.39, -4.49), town('Le Havre', '76600', 'west', 49.49, 0.11),
  town('Paris', '75019', 'paris', 48.89, 2.39), town('Montreuil', '93100', 'paris', 48.86, 2.44), town('Lille', '59000', 'east', 50.63, 3.06), town('Strasbourg', '67000', 'east', 48.58, 7.75),
  town('Dijon', '21000', 'east', 47.32, 5.04), town('Lyon', '69007', 'south', 45.75, 4.84), town('Marseille', '13002', 'south', 43.3, 5.37), town('Avignon', '84000', 'south', 43.95, 4.81),
  town('Nice', '06300', 'south', 43.7, 7.27), town('Bruxelles', '1000', 'east', 50.85, 4.35, 'Europe/Brussels'), town('Londres', 'SE1', 'west', 51.5, -0.1, 'Europe/London'),
  town('Fort-de-France', '97200', 'paris', 14.6, -61.07, 'America/Martinique'), town('Saint-Denis', '97400', 'paris', -20.88, 55.45, 'Indian/Reunion'),
]
const houses = ['Théâtre', 'Grande Halle', 'Salle', 'Espace', 'Studio', 'Chapelle', 'Hangar', 'Kursaal', 'Manège', 'Atelier']
const of = ['du Fanal', 'des Salines', 'de l’Estran', 'du Vieux Bassin', 'des Cordiers', 'de la Digue', 'des Tisserands', 'du Pont-Neuf', 'de la Minoterie', 'des Docks', 'du Belvédère', 'de la Lanterne', 'des Halles', 'du Moulin', 'de l’Écluse']
const streets = ['rue du Fanal', 'quai des Cordiers', 'rue des Salines', 'avenue de la Minoterie', 'place de l’Écluse', 'rue du Vieux-Bassin', 'chemin de la Digue', 'rue des Tisserands']
const siteNames = ['Parvis', 'Cour nord', 'Dépôt', 'Quai de déchargement']
const roomNames = ['Plateau', 'Grande salle', 'Petite salle', 'Foyer', 'Studio de répétition', 'Loges', 'Atelier décor']

export interface GeneratedPlace {
  id: Id
  zone: string
  kind: 'venue' | 'site' | 'room'
  /** The venue it belongs to (itself for a venue). */
  venue: Id
}

function venueInput(random: Random, index: number, home: Town) {
  const near = (value: number): number => Math.round((value + (random.next() - 0.5) / 20) * 10_000) / 10_000
  const series = Math.floor(index / (houses.length * of.length))
  const name = `${houses[index % houses.length] ?? ''} ${of[(index + Math.floor(index / houses.length)) % of.length] ?? ''}${series > 0 ? ` ${series + 1}` : ''}`
  return {
    kind: 'venue', name, zone: home.zone, address: `${random.between(1, 90)} ${random.pick(streets)}\n${home.postcode} ${home.name}`, latitude: near(home.latitude), longitude: near(home.longitude),
    capacity: random.between(3, 40) * 50, shareable: random.chance(0.3), gates: ['E', 'B'], parking: random.pick(['P2, 40 places', 'Aucun : dépose seulement', 'Cour, 6 véhicules']),
    power: random.pick(['Tri 63 A et 125 A', 'Tri 32 A', 'Groupe 60 kVA']), access_notes: 'Équipe : entrée E, avec badge. Camions : quai B, 4,00 m au plus.',
    quiet_hours: random.chance(0.4) ? 'Aucun déchargement de 23:00 à 07:00' : null, hazards: random.chance(0.3) ? ['fosse ouverte'] : [],
    hospital_name: `Hôpital ${random.pick(of)}`, hospital_address: `${random.between(1, 60)} ${random.pick(streets)}, ${home.name}`, hospital_phone: landlineOf(home.region, 1000 + index),
    hospital_minutes: random.between(4, 25), on_site_aid: 'Poste de secours, loge 6', contact_name: 'Accueil technique', contact_phone: landlineOf(home.region, 3000 + index),
    pins: [{ letter: 'E', label: 'entrée équipe', latitude: null, longitude: null }, { letter: 'B', label: 'quai camions', latitude: null, longitude: null }], external_id: `L${String(index + 1).padStart(4, '0')}`,
  }
}

export async function makePlaces(asking: Asking, random: Random, count: number, abroad: boolean): Promise<GeneratedPlace[]> {
  const choice = abroad ? towns : towns.filter((one) => one.zone === 'Europe/Paris')
  const venueCount = Math.max(1, Math.round(count * 0.55))
  // Most work is where the railway goes: places far away come only now and then.
  const homes = Array.from({ length: venueCount }, () => random.pick(random.chance(0.9) ? choice.filter((one) => one.zone === 'Europe/Paris') : choice))
  const venues = await asking.makeMany('location.create_many', homes.map((home, index) => venueInput(random, index, home)), (locations) => ({ locations }))
  const inside = Array.from({ length: count - venueCount }, (_, index) => {
    const place = index % venueCount
    const kind = random.chance(0.25) ? ('site' as const) : ('room' as const)
    return { kind, place, zone: homes[place]?.zone ?? 'Europe/Paris', name: `${random.pick(kind === 'site' ? siteNames : roomNames)} ${index + 1}`, capacity: random.between(2, 30) * 10, venue: venues[place] }
  }).flatMap(({ venue, ...one }) => (venue === undefined ? [] : [{ ...one, venue }]))
  const parts = await asking.makeMany('location.create_many', inside, (locations) => ({
    locations: locations.map(({ kind, name, zone, capacity, venue }) => ({ kind, name, zone, capacity, parent_id: venue })),
  }))
  const places: GeneratedPlace[] = [
    ...venues.map((id, index): GeneratedPlace => ({ id, zone: homes[index]?.zone ?? 'Europe/Paris', kind: 'venue', venue: id })),
    ...inside.flatMap(({ kind, zone, venue }, index): GeneratedPlace[] => {
      const id = parts[index]
      return id === undefined ? [] : [{ id, zone, kind, venue }]
    }),
  ]
  // A few have closed since, or are out of order.
  for (const place of random.some(places, Math.max(1, Math.round(count * 0.02)))) await asking.ask('location.set_status', { id: place.id, status: random.chance(0.7) ? 'deprecated' : 'offline' })
  return places
}
