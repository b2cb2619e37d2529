import type { ContractFacts, DayFacts } from '../../../shared/domain/contracts/facts.ts'
import type { ContractKind } from '../../../shared/domain/contracts/rules.ts'
import { fromLocal, type LocalDate } from '../../../shared/kernel/instants.ts'

const PARIS = 'Europe/Paris'
export const date = (text: string): LocalDate => text as LocalDate

/** A stretch by its clock; an end before its start is on the next day. */
export function stretch(on: string, from: string, to: string, more: Partial<DayFacts> = {}): DayFacts {
  const zone = more.zone ?? PARIS
  const next = new Date(Date.parse(`${on}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  return {
    assignment_id: 'a1', date: date(on), start_at: fromLocal(on, from, zone), end_at: fromLocal(to < from ? next : on, to, zone), zone, break_minutes: 0, label: 'Représentation', place: 'Théâtre du Fil, Lyon', ...more,
  }
}

/** Everything a contract of a kind needs; people and companies are invented. */
export function facts(kind: ContractKind, change: Partial<ContractFacts> = {}): ContractFacts {
  const employed = kind === 'cddu' || kind === 'artist'
  return {
    kind, language: 'fr', reference: 'CDDU-2027-KX712', amendment: 0, amends_reference: null, project_name: 'Les Lanternes', project_code: 'LAN27', zone: PARIS, currency: 'EUR',
    house: {
      name: 'Compagnie des Lanternes', legal_form: 'association loi de 1901', address: '12 rue du Fil\n69001 Lyon', siren: '732829320', siret: '73282932000074', ape: '9001Z', vat_number: 'FR44732829320',
      signatory_name: 'Inès Marchetti', signatory_capacity: 'présidente', licences: [{ number: 'PLATESV-R-2024-000123', category: 2 }],
    },
    other: employed
      ? {
          name: 'Maya d’Orsan', alias: kind === 'artist' ? 'Maya Or' : null, address: '3 quai des Ombres, 69005 Lyon', birth_date: date('1985-01-09'), nir_masked: '1 85 •• •• ••• ••• ••', fund_number: 'M 123 456',
          legal_form: null, siret: null, vat_number: null, signatory_name: null, signatory_capacity: null,
        }
      : {
          name: 'Atelier Boréal', alias: null, address: '8 allée des Pins, 38000 Grenoble', birth_date: null, nir_masked: null, fund_number: null, legal_form: 'SARL', siret: '35600000000048', vat_number: null,
          signatory_name: 'Tom Leclerc', signatory_capacity: 'gérant',
        },
    days: employed
      ? [stretch('2027-06-18', '14:00', '23:30', { break_minutes: 60 }), stretch('2027-06-19', '14:00', '23:30', { break_minutes: 60 }), stretch('2027-06-20', '20:00', '02:00', { label: 'Démontage', place: 'Dépôt de Vaise' })]
      : [],
    starts_on: employed ? null : date('2027-06-01'), ends_on: employed ? null : date('2027-09-30'),
    pay: !employed ? [] : [kind === 'artist' ? { assignment_id: 'a1', basis: 'cachet', rate_minor: 25_000, currency: 'EUR', cachets: 3 } : { assignment_id: 'a1', basis: 'daily', rate_minor: 21_050, currency: 'EUR', cachets: 0 }],
    allowances: employed ? [{ label: 'Indemnité de repas', amount_minor: 2020, currency: 'EUR', quantity: 30_000 }] : [],
    price_minor: kind === 'client' ? 4_500_000 : null,
    employment: employed
      ? {
          production_title: 'Les Lanternes, création 2027', temporary_reason: 'trois représentations programmées du 18 au 20 juin 2027, sans suite prévue.', is_live: true, object_number: '27A512345678', object_number_due: true,
          function_title: kind === 'artist' ? 'artiste dramatique' : 'régisseuse lumière', part: kind === 'artist' ? 'la Veilleuse' : null, is_executive: false, risky_post: false,
          agreement_title: 'Entreprises artistiques et culturelles', idcc: '1285', trial_days: 0, day_minutes: 420, week_minutes: 2100, performances: kind === 'artist' ? 3 : null, rehearsals: kind === 'artist' ? 1 : null,
          pay_periodicity: 'end_of_engagement', overtime: 'majorées de 25 % pour les huit premières heures, puis de 50 %.',
          pension: { name: 'Audiens Retraite', address: '7 rue des Exemples, 92170 Vanves' }, welfare: { name: 'Audiens Prévoyance', address: '7 rue des Exemples, 92170 Vanves' },
          leave_fund: { name: 'Congés Spectacles Audiens', address: '7 rue des Exemples, 92170 Vanves' }, recording: kind === 'artist' ? 'full' : 'none', dpae_reference: 'DPAE-20270615-0042',
        }
      : null,
    artist: kind === 'artist'
      ? { deliverables: 'trois représentations et une répétition générale.', exclusivity: 'L’artiste ne joue pas à Lyon entre le 1er et le 30 juin 2027.', royalties: '4 % des recettes nettes.', territory: 'France, deux ans.', usage: 'captation intégrale pour une diffusion en ligne.' }
      : null,
    vendor: kind === 'vendor'
      ? { scope: 'location et pose de la sonorisation.', service_level: 'Un technicien présent pendant chaque représentation ; panne réparée en trente minutes.', rate_card: '450,00 € par jour de technicien.', invoicing_schedule: 'Une facture à la fin de chaque mois, payée à trente jours.' }
      : null,
    client: kind === 'client'
      ? { scope: 'un spectacle d’ouverture.', milestones: 'Projet le 1er juillet 2027, répétition publique le 1er septembre 2027.', acceptance_criteria: 'Durée de quarante minutes, sécurité validée.', payment_schedule: '30 % à la signature, le solde à la livraison.', change_control: 'Toute demande est chiffrée en cinq jours.' }
      : null,
    governing_law: employed ? null : 'Le contrat est soumis au droit français.', termination: employed ? null : 'Chaque partie peut résilier avec un préavis de trente jours.', renewal: null, attachments: [],
    signature: { place: 'Lyon', on: null, originals: 2, house: null, other: null },
    ...change,
  }
}

/** The same in English where words are typed. */
export const inEnglish = (given: ContractFacts): ContractFacts => ({ ...given, language: 'en' })
