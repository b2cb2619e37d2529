/** Clauses with vendors and with clients, in English. Written for Callboard, to be read by counsel. */
import type { Clause, KnownClause } from '../template.ts'

const clause = (id: KnownClause, title: string, ...paragraphs: string[]): Clause => ({ id, title, text: paragraphs.join('\n') })

const titled = (what: string): string => `{{#if is.amendment}}Amendment no. {{contract.amendment}} to the ${what}{{/if}}{{#unless is.amendment}}${what[0]?.toUpperCase() ?? ''}${what.slice(1)}{{/unless}}`
export const businessTitlesEn = { vendor: titled('services agreement'), client: titled('production agreement') }

const amendment = clause('amendment', 'Purpose of the amendment',
  '{{#if is.amendment}}From its signature by both parties this amendment replaces the clauses of contract{{#if contract.amends}} {{contract.amends}}{{/if}} by those that follow. Until then the contract stands as it was signed.{{/if}}')

const company = (prefix: string, called: string): string =>
  `{{${prefix}.name}}{{#if ${prefix}.legal_form}}, {{${prefix}.legal_form}}{{/if}}, whose registered office is at {{${prefix}.address}}, SIRET {{${prefix}.siret}}`
  + `{{#if ${prefix}.vat_number}}, VAT number {{${prefix}.vat_number}}{{/if}}, represented by {{${prefix}.signatory}}{{#if ${prefix}.capacity}}, acting as {{${prefix}.capacity}}{{/if}}, “${called}”,`

const parties = (house: string, houseCalled: string, other: string, otherCalled: string): Clause =>
  clause('parties', 'Parties', company(house, houseCalled), `and ${company(other, otherCalled)}`, 'have agreed as follows.')

const period = clause('period', 'Term',
  'The contract begins on {{contract.start}} and ends on {{contract.end}}.',
  '{{#if contract.schedule}}Dates of the work, in local time:\n{{contract.schedule}}{{/if}}',
  '{{#if contract.renewal}}Renewal: {{contract.renewal}}{{/if}}{{#unless contract.renewal}}It is not renewed tacitly.{{/unless}}')

const latePayment = 'Any late payment makes due, without a reminder, penalties at the rate of the European Central Bank plus ten points, and a flat indemnity of €40 for recovery costs (articles L. 441-10 and D. 441-5 of the French commercial code).'

const data = clause('data', 'Confidentiality and personal data',
  'Each party keeps what is not public of the other confidential, during the contract and for two years after it. Data of persons serve only to carry out the contract; they are protected, then erased, as the law asks.')

const termination = clause('termination', 'Termination',
  '{{contract.termination}}',
  'If a serious breach is not put right within fifteen days of a written notice, the other party may end the contract as of right. Neither party answers for what force majeure prevents (article 1218 of the French civil code).')

const law = clause('law', 'Governing law and disputes', '{{contract.governing_law}}', 'Before any action in court the parties look for an amicable settlement, for thirty days from the written request of either.')

const attachments = clause('attachments', 'Attachments', '{{#if contract.attachments}}Part of the contract:\n{{contract.attachments}}{{/if}}')

const signatures = (house: string, houseCalled: string, other: string, otherCalled: string): Clause =>
  clause('signatures', 'Signatures',
    '{{#if contract.originals}}Made in {{contract.originals}} originals{{/if}}{{#unless contract.originals}}Made{{/unless}}{{#if contract.signed_place}}, at {{contract.signed_place}}{{/if}}{{#if contract.signed_on}}, on {{contract.signed_on}}{{/if}}. Each party dates and signs.',
    `For ${houseCalled}: {{${house}.signatory}}`, `For ${otherCalled}: {{${other}.signatory}}`)

export const vendorClausesEn: readonly Clause[] = [
  amendment, parties('customer', 'the Customer', 'vendor', 'the Vendor'),
  clause('services', 'Services', '{{#if contract.project}}Project: {{contract.project}}.{{/if}}', 'The Vendor undertakes to give these services: {{terms.scope}}',
    '{{#if contract.places}}Places: {{contract.places}}.{{/if}}', 'The Vendor works independently, with their own staff and equipment, and subcontracts nothing without the Customer’s written agreement.'),
  clause('service_level', 'Service level', '{{terms.service_level}}'),
  period,
  clause('price', 'Price', 'Agreed rates, without tax: {{terms.rate_card}}', '{{#if contract.pay}}Engagements under this contract:\n{{contract.pay}}{{/if}}', '{{#if contract.price}}Total price: {{contract.price}} without tax.{{/if}}',
    'VAT is added at the rate in force, where it is due.'),
  clause('invoicing', 'Invoicing and payment', '{{terms.invoicing_schedule}}', latePayment),
  clause('duties', 'Social duties and insurance',
    'On signing, then every six months until the contract ends, the Vendor hands over the Urssaf certificate of vigilance and proof of registration, where the law asks for them (articles L. 8222-1 and D. 8222-5 of the French labour code). On request they show professional liability insurance.'),
  data, termination, law, attachments, signatures('customer', 'the Customer', 'vendor', 'the Vendor'),
]

export const clientClausesEn: readonly Clause[] = [
  amendment, parties('provider', 'the Producer', 'client', 'the Client'),
  clause('services', 'Object', '{{#if contract.project}}Project: {{contract.project}}.{{/if}}', 'The Producer undertakes to make for the Client: {{terms.scope}}', '{{#if contract.places}}Places: {{contract.places}}.{{/if}}'),
  clause('milestones', 'Milestones and deliveries', '{{terms.milestones}}'),
  clause('acceptance', 'Acceptance', 'Acceptance criteria: {{terms.acceptance_criteria}}',
    'Within ten days of each delivery the Client states in writing that they accept it, or which reservations they have and why. The Producer puts right what does not conform and delivers again.'),
  period,
  clause('price', 'Price and payment', 'Price: {{contract.price}} without tax. VAT is added at the rate in force, where it is due.', 'Payment schedule: {{terms.payment_schedule}}', latePayment),
  clause('changes', 'Changes', '{{terms.change_control}}', 'No change of object, dates or price is carried out before an amendment signed by both parties.'),
  data, termination, law, attachments, signatures('provider', 'the Producer', 'client', 'the Client'),
]
