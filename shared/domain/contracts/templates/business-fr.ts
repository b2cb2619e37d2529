/** Clauses with vendors and with clients, in French. Written for Callboard, to be read by counsel. */
import { typeset } from '../said.ts'
import type { Clause, KnownClause } from '../template.ts'

const clause = (id: KnownClause, title: string, ...paragraphs: string[]): Clause => ({ id, title: typeset(title, 'fr'), text: typeset(paragraphs.join('\n'), 'fr') })

const titled = (what: string): string => typeset(`{{#if is.amendment}}Avenant n° {{contract.amendment}} au contrat{{/if}}{{#unless is.amendment}}Contrat{{/unless}} ${what}`, 'fr')
export const businessTitlesFr = { vendor: titled('de prestation de services'), client: titled('de production') }

const amendment = clause('amendment', 'Objet de l’avenant',
  '{{#if is.amendment}}Le présent avenant remplace, à compter de sa signature par les deux parties, les clauses du contrat{{#if contract.amends}} {{contract.amends}}{{/if}} par celles qui suivent. Jusque-là, le contrat reste en vigueur tel qu’il a été signé.{{/if}}')

const company = (prefix: string, called: string): string =>
  `{{${prefix}.name}}{{#if ${prefix}.legal_form}}, {{${prefix}.legal_form}}{{/if}}, dont le siège est situé {{${prefix}.address}}, SIRET {{${prefix}.siret}}`
  + `{{#if ${prefix}.vat_number}}, numéro de TVA {{${prefix}.vat_number}}{{/if}}, représentée par {{${prefix}.signatory}}{{#if ${prefix}.capacity}}, en qualité de {{${prefix}.capacity}}{{/if}}, ci-après « ${called} »,`

const parties = (house: string, houseCalled: string, other: string, otherCalled: string): Clause =>
  clause('parties', 'Parties', company(house, houseCalled), `et ${company(other, otherCalled)}`, 'sont convenues de ce qui suit.')

const period = clause('period', 'Durée',
  'Le contrat prend effet le {{contract.start}} et prend fin le {{contract.end}}.',
  '{{#if contract.schedule}}Dates d’exécution, à l’heure du lieu :\n{{contract.schedule}}{{/if}}',
  '{{#if contract.renewal}}Renouvellement : {{contract.renewal}}{{/if}}{{#unless contract.renewal}}Il n’est pas renouvelé tacitement.{{/unless}}')

const latePayment = 'Tout retard de paiement rend exigibles, sans rappel, des pénalités au taux d’intérêt de la Banque centrale européenne majoré de dix points, et une indemnité forfaitaire pour frais de recouvrement de 40 € (articles L. 441-10 et D. 441-5 du code de commerce).'

const data = clause('data', 'Confidentialité et données personnelles',
  'Chaque partie garde confidentielles les informations de l’autre qui ne sont pas publiques, pendant le contrat et deux ans après sa fin. Les données des personnes ne servent qu’à l’exécution du contrat et sont protégées, puis effacées, comme la loi l’impose.')

const termination = clause('termination', 'Résiliation',
  '{{contract.termination}}',
  'En cas de manquement grave auquel il n’est pas remédié dans les quinze jours d’une mise en demeure écrite, l’autre partie peut résilier le contrat de plein droit. Aucune partie ne répond de l’inexécution due à un cas de force majeure (article 1218 du code civil).')

const law = clause('law', 'Droit applicable et litiges', '{{contract.governing_law}}', 'Avant tout procès, les parties cherchent un accord amiable pendant trente jours à compter de la demande écrite de l’une d’elles.')

const attachments = clause('attachments', 'Annexes', '{{#if contract.attachments}}Font partie du contrat :\n{{contract.attachments}}{{/if}}')

const signatures = (house: string, houseCalled: string, other: string, otherCalled: string): Clause =>
  clause('signatures', 'Signatures',
    '{{#if contract.originals}}Fait en {{contract.originals}} exemplaires originaux{{/if}}{{#unless contract.originals}}Fait{{/unless}}{{#if contract.signed_place}}, à {{contract.signed_place}}{{/if}}{{#if contract.signed_on}}, le {{contract.signed_on}}{{/if}}. Chaque partie date et signe.',
    `Pour ${houseCalled} : {{${house}.signatory}}`, `Pour ${otherCalled} : {{${other}.signatory}}`)

export const vendorClausesFr: readonly Clause[] = [
  amendment, parties('customer', 'le Client', 'vendor', 'le Prestataire'),
  clause('services', 'Prestations', '{{#if contract.project}}Projet : {{contract.project}}.{{/if}}', 'Le Prestataire s’engage à fournir les prestations suivantes : {{terms.scope}}',
    '{{#if contract.places}}Lieux : {{contract.places}}.{{/if}}', 'Le Prestataire exécute les prestations en toute indépendance, avec son propre personnel et son propre matériel. Il ne sous-traite rien sans l’accord écrit du Client.'),
  clause('service_level', 'Niveau de service', '{{terms.service_level}}'),
  period,
  clause('price', 'Prix', 'Tarifs convenus, hors taxes : {{terms.rate_card}}', '{{#if contract.pay}}Engagements couverts par le contrat :\n{{contract.pay}}{{/if}}', '{{#if contract.price}}Prix total : {{contract.price}} hors taxes.{{/if}}',
    'La TVA s’ajoute au taux en vigueur, s’il y a lieu.'),
  clause('invoicing', 'Facturation et paiement', '{{terms.invoicing_schedule}}', latePayment),
  clause('duties', 'Obligations sociales et assurance',
    'À la signature, puis tous les six mois jusqu’à la fin du contrat, le Prestataire remet au Client l’attestation de vigilance de l’Urssaf et la preuve de son immatriculation, lorsque la loi l’impose (articles L. 8222-1 et D. 8222-5 du code du travail). Il justifie, sur demande, d’une assurance de responsabilité civile professionnelle.'),
  data, termination, law, attachments, signatures('customer', 'le Client', 'vendor', 'le Prestataire'),
]

export const clientClausesFr: readonly Clause[] = [
  amendment, parties('provider', 'le Producteur', 'client', 'le Client'),
  clause('services', 'Objet', '{{#if contract.project}}Projet : {{contract.project}}.{{/if}}', 'Le Producteur s’engage à réaliser pour le Client : {{terms.scope}}', '{{#if contract.places}}Lieux : {{contract.places}}.{{/if}}'),
  clause('milestones', 'Étapes et livraisons', '{{terms.milestones}}'),
  clause('acceptance', 'Recette', 'Critères d’acceptation : {{terms.acceptance_criteria}}',
    'Le Client fait connaître par écrit son acceptation ou ses réserves motivées dans les dix jours qui suivent chaque livraison. Le Producteur corrige ce qui n’est pas conforme et livre à nouveau.'),
  period,
  clause('price', 'Prix et paiement', 'Prix : {{contract.price}} hors taxes. La TVA s’ajoute au taux en vigueur, s’il y a lieu.', 'Échéancier : {{terms.payment_schedule}}', latePayment),
  clause('changes', 'Modifications', '{{terms.change_control}}', 'Aucune modification de l’objet, des dates ou du prix n’est exécutée avant un avenant signé par les deux parties.'),
  data, termination, law, attachments, signatures('provider', 'le Producteur', 'client', 'le Client'),
]
