/**
 * Invented facts, complete for each kind and language: what a template is shown with before any contract is made of it, and what the
 * employer's own facts are set into to say which of them a contract still lacks. Nobody of this name, no company of this number exists.
 */
import { fromLocal, type LocalDate } from '../../kernel/instants.ts'
import type { ContractFacts, ContractLanguage, DayFacts } from './facts.ts'
import { isEmployment, type ContractKind } from './rules.ts'

const ZONE = 'Europe/Paris'
const date = (text: string): LocalDate => text as LocalDate
const stretch = (on: string, from: string, until: string, label: string, place: string): DayFacts => ({
  assignment_id: 'sample', date: date(on), start_at: fromLocal(date(on), from, ZONE), end_at: fromLocal(date(on), until, ZONE), zone: ZONE, break_minutes: 60, label, place,
})

/** Two days of work, or the summer of a company. */
export function sampleFacts(kind: ContractKind, language: ContractLanguage): ContractFacts {
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const employed = isEmployment(kind)
  const artist = kind === 'artist'
  const place = say('Halle des Exemples, 3 quai Inventé, 17000 La Rochelle', 'Example Hall, 3 quai Inventé, 17000 La Rochelle')
  return {
    kind, language, reference: null, amendment: 0, amends_reference: null, project_name: say('Les Nuits d’exemple', 'Example Nights'), project_code: 'EXE', zone: ZONE, currency: 'EUR',
    house: {
      name: say('Compagnie de l’Exemple', 'Example Company'), legal_form: say('association loi 1901', 'non-profit association'), address: '12 rue Inventée\n17000 La Rochelle', siren: '000000000', siret: '00000000000000', ape: '90.01Z', vat_number: null,
      signatory_name: 'Camille Exemple', signatory_capacity: say('présidente', 'president'), licences: [{ number: 'PLATESV-R-2020-000000', category: 2 }],
    },
    other: {
      name: employed ? 'Dominique Modèle' : say('Atelier Modèle', 'Sample Workshop'), alias: artist ? 'Domino' : null, address: '8 allée Imaginaire, 17000 La Rochelle', birth_date: employed ? date('1990-01-01') : null, nir_masked: employed ? '1 90 •• •• ••• ••• ••' : null, fund_number: null,
      legal_form: employed ? null : 'SARL', siret: employed ? null : '00000000000000', vat_number: null, signatory_name: employed ? null : 'Dominique Modèle', signatory_capacity: employed ? null : say('gérante', 'manager'),
    },
    days: employed ? [stretch('2027-06-18', '10:00', '19:00', say('Montage', 'Build'), place), stretch('2027-06-19', '14:00', '23:00', say('Représentation', 'Performance'), place)] : [],
    starts_on: employed ? null : date('2027-06-01'), ends_on: employed ? null : date('2027-09-30'),
    pay: !employed ? [] : [artist ? { assignment_id: 'sample', basis: 'cachet', rate_minor: 25_000, currency: 'EUR', cachets: 2 } : { assignment_id: 'sample', basis: 'daily', rate_minor: 21_000, currency: 'EUR', cachets: 0 }],
    allowances: employed ? [{ label: say('Indemnité de repas', 'Meal allowance'), amount_minor: 2_000, currency: 'EUR', quantity: 20_000 }] : [],
    price_minor: employed ? null : 450_000,
    employment: !employed ? null : {
      production_title: say('Les Nuits d’exemple', 'Example Nights'), temporary_reason: say('deux jours, montage et représentation, sans suite prévue.', 'two days, build and performance, with none to follow.'), is_live: true, object_number: '000A00000000', object_number_due: true,
      function_title: artist ? say('artiste dramatique', 'actor') : say('régisseur lumière', 'lighting operator'), part: artist ? say('le Témoin', 'the Witness') : null, is_executive: false, risky_post: false,
      agreement_title: say('Convention d’exemple', 'Example agreement'), idcc: '0000', trial_days: 0, day_minutes: 480, week_minutes: 2100, performances: 1, rehearsals: artist ? 1 : null, pay_periodicity: 'end_of_engagement',
      overtime: say('majorées selon la convention.', 'paid at the rates of the agreement.'), pension: { name: say('Caisse d’exemple', 'Example fund'), address: null }, welfare: { name: say('Prévoyance d’exemple', 'Example welfare'), address: null },
      leave_fund: { name: say('Congés d’exemple', 'Example leave fund'), address: null }, recording: artist ? 'full' : 'none', dpae_reference: 'DPAE-EXEMPLE',
    },
    artist: !artist ? null : {
      deliverables: say('une représentation et une répétition.', 'one performance and one rehearsal.'), exclusivity: say('aucune hors des jours de jeu.', 'none but on days of performance.'), royalties: say('4 % des recettes nettes.', '4% of net receipts.'),
      territory: say('France, deux ans.', 'France, two years.'), usage: say('captation diffusée en ligne.', 'recording shown online.'),
    },
    vendor: kind !== 'vendor' ? null : {
      scope: say('location et pose du matériel.', 'hire and rigging of equipment.'), service_level: say('une personne présente chaque jour de jeu.', 'somebody on site each day of performance.'), rate_card: say('450 € par jour.', '€450 a day.'), invoicing_schedule: say('à la fin de chaque mois, à trente jours.', 'at the end of each month, thirty days.'),
    },
    client: kind !== 'client' ? null : {
      scope: say('une soirée d’ouverture.', 'an opening night.'), milestones: say('projet le 1er juillet, livraison le 30 septembre.', 'project on 1 July, delivery on 30 September.'), acceptance_criteria: say('procès-verbal signé.', 'signed acceptance report.'), payment_schedule: say('30 % à la signature, le solde à la livraison.', '30% on signature, the rest on delivery.'), change_control: say('par avenant signé.', 'by signed amendment.'),
    },
    governing_law: say('Droit français.', 'French law.'), termination: employed ? null : say('Préavis de trente jours.', 'Thirty days’ notice.'), renewal: null, attachments: [],
    signature: { place: 'La Rochelle', on: null, originals: 2, house: null, other: null },
  }
}
