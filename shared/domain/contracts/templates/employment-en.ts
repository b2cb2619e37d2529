/**
 * Clauses of employment in English: a translation for who does not read French. A French employment contract is written in French
 * (L. 1221-3 of the labour code), which the first clause says.
 */
import type { Clause, KnownClause } from '../template.ts'

const clause = (id: KnownClause | 'language', title: string, ...paragraphs: string[]): Clause => ({ id, title, text: paragraphs.join('\n') })

export const employmentTitlesEn = {
  cddu: '{{#if is.amendment}}Amendment no. {{contract.amendment}} to the fixed-term{{/if}}{{#unless is.amendment}}Fixed-term{{/unless}} employment contract of customary use (CDD d’usage)',
  artist: '{{#if is.amendment}}Amendment no. {{contract.amendment}} to the artist’s{{/if}}{{#unless is.amendment}}Artist’s{{/unless}} fixed-term engagement of customary use (CDD d’usage)',
}

const language = clause('language', 'Language',
  'This is a translation. An employment contract made in France is written in French (article L. 1221-3 of the French labour code): where the two differ, only the French text may be held against the Employee.')

const amendment = clause('amendment', 'Purpose of the amendment',
  '{{#if is.amendment}}From its signature by both parties this amendment replaces the clauses of contract{{#if contract.amends}} {{contract.amends}}{{/if}} by those that follow. Until then the contract stands as it was signed.{{/if}}')

const parties = clause('parties', 'Parties',
  '{{employer.name}}{{#if employer.legal_form}}, {{employer.legal_form}}{{/if}}, whose registered office is at {{employer.address}}, SIREN {{employer.siren}}, SIRET {{employer.siret}}, APE code {{employer.ape}}, '
  + 'represented by {{employer.signatory}}, acting as {{employer.capacity}}, “the Employer”,',
  'and {{employee.name}}{{#if employee.alias}}, known as “{{employee.alias}}”{{/if}}, living at {{employee.address}}{{#if employee.birth_date}}, date of birth: {{employee.birth_date}}{{/if}}'
  + '{{#if employee.nir}}, social-security number: {{employee.nir}}{{/if}}{{#if employee.fund_number}}, Audiens and leave fund number: {{employee.fund_number}}{{/if}}, “the Employee”,',
  'have agreed as follows.')

const nature = clause('nature', 'Nature of the contract',
  'This is a fixed-term contract of customary use. It is made under article L. 1242-2, 3° of the French labour code: in the Employer’s sector, named by article D. 1242-1 of that code, '
  + 'it is constant practice not to use an open-ended contract for this post, because of the nature of the activity and because the post is temporary by nature.',
  '{{#if is.live}}The interbranch agreement of 24 June 2008 on live performance applies.{{/if}}')

const object = clause('object', 'Object',
  'The Employee is engaged for this production: {{work.production}}{{#if contract.project}} (project: {{contract.project}}){{/if}}.',
  'Concrete facts that show that the post is temporary: {{work.temporary_reason}}',
  '{{#if is.object_number_due}}Numéro d’objet given by France Travail: {{work.object_number}}.{{/if}}')

const post = clause('function', 'Function',
  'The Employee is engaged as {{work.function}}, a function of the applicable collective agreement{{#if work.part}}, for this part: {{work.part}}{{/if}}. Status: {{work.status}}.',
  '{{work.risk}}')

const period = clause('period', 'Term and periods of work',
  'The contract begins on {{contract.start}} and ends by itself, without notice, after the last working day, on {{contract.end}}.',
  'Work is not continuous. Only these periods, in the local time of the workplace, are worked:',
  '{{contract.schedule}}',
  'Any other day needs an amendment signed before it is worked.')

const places = clause('places', 'Places of work', 'Work is done at: {{contract.places}}.')

const hours = clause('hours', 'Working time',
  '{{#if work.week_hours}}Reference working time is {{work.week_hours}} a week{{#if work.day_hours}} and {{work.day_hours}} a day{{/if}}.{{/if}}'
  + '{{#unless work.week_hours}}Reference working time is {{work.day_hours}} a day.{{/unless}}'
  + '{{#if contract.hours}} The total planned is {{contract.hours}}, over {{contract.days}}.{{/if}}',
  '{{#if kind.artist}}{{#if is.live}}Number of performances: {{work.performances}}.{{/if}}{{#unless is.live}}{{#if work.performances}}Number of performances: {{work.performances}}.{{/if}}{{/unless}}{{/if}}'
  + '{{#if kind.cddu}}{{#if work.performances}}Number of performances: {{work.performances}}.{{/if}}{{/if}}{{#if work.rehearsals}} Rehearsals: {{work.rehearsals}}.{{/if}}',
  'The call sheet handed over before each day gives individual times. Maximum working time and rest are those of the labour code and of the collective agreement.')

const pay = clause('pay', 'Pay',
  'For this work the Employee receives:',
  '{{contract.pay}}',
  'Total pay: {{contract.gross_total}} gross. It is paid {{work.periodicity}}, with a payslip.',
  '{{#if is.paid_by_time}}Overtime: {{work.overtime}}{{/if}}{{#unless is.paid_by_time}}{{#if work.overtime}}Overtime: {{work.overtime}}{{/if}}{{/unless}}',
  '{{#if contract.allowances}}Expenses and allowances, besides pay:\n{{contract.allowances}}{{/if}}',
  'No end-of-contract bonus is due for a contract of customary use, unless the collective agreement is more favourable (article L. 1243-10, 1° of the French labour code).')

const agreement = clause('agreement', 'Collective agreement and trial period',
  'This collective agreement applies: {{work.agreement}} (IDCC {{work.idcc}}). The Employee may read it at the Employer’s.',
  '{{#if is.trial}}The contract has a trial period of {{work.trial}} (article L. 1242-10 of the French labour code).{{/if}}{{#unless is.trial}}The contract has no trial period.{{/unless}}')

const bodies = clause('bodies', 'Social protection and leave',
  'Supplementary pension: {{work.pension}}.',
  'Welfare insurance (prévoyance): {{work.welfare}}.',
  'Paid leave is paid by the leave fund of the performing arts: {{work.leave_fund}}. The Employer hands over the certificate of employment needed to ask for it.')

const declarations = clause('declarations', 'Declarations',
  'The Employer has made the declaration before hiring (DPAE) to the competent body, reference {{work.dpae}} (article L. 1221-10 of the French labour code).',
  '{{#if is.live}}Live performance licence: {{employer.licences}}.{{/if}}',
  'Each month the Employer sends France Travail the certificate that concerns the Employee and hands over a copy.')

const rights = clause('rights', 'Recording and image', '{{work.recording}}')

const deliverables = clause('deliverables', 'Artistic services', 'The artist undertakes to give these services: {{artist.deliverables}}')
const exclusivity = clause('exclusivity', 'Exclusivity', '{{artist.exclusivity}}')
const usage = clause('usage', 'Use of the recordings',
  '{{#if is.exploited}}Authorised uses: {{artist.usage}}',
  'Territory and duration: {{artist.territory}}',
  'Payment for these uses, apart from the salary: {{artist.royalties}}',
  'Any use that is not written here needs the artist’s prior written authorisation.{{/if}}')

const data = clause('data', 'Personal data',
  'The Employer uses the Employee’s data to make the contract, the payslips and the social declarations, and keeps them as long as the law asks. The Employee may ask to read them, to correct them and, within the law, to erase them.')

const termination = clause('termination', 'Ending before the term',
  'Unless both parties agree, the contract may end before its term only for serious misconduct, force majeure or unfitness established by the occupational physician (article L. 1243-1 of the French labour code), '
  + 'or by the Employee who shows that they were hired on an open-ended contract (article L. 1243-2).',
  '{{#if contract.termination}}{{contract.termination}}{{/if}}',
  '{{#if contract.renewal}}Renewal: {{contract.renewal}}{{/if}}')

const law = clause('law', 'Governing law',
  '{{#if contract.governing_law}}{{contract.governing_law}}{{/if}}{{#unless contract.governing_law}}French law governs the contract. Disputes go to the competent conseil de prud’hommes.{{/unless}}')

const attachments = clause('attachments', 'Attachments', '{{#if contract.attachments}}Attached to the contract:\n{{contract.attachments}}{{/if}}')

const signatures = clause('signatures', 'Signatures',
  'Made in {{contract.originals}} originals, one of which is handed to the Employee within two working days of hiring at the latest (article L. 1242-13 of the French labour code)'
  + '{{#if contract.signed_place}}, at {{contract.signed_place}}{{/if}}{{#if contract.signed_on}}, on {{contract.signed_on}}{{/if}}. Each party dates and signs.',
  'For the Employer: {{employer.signatory}}, {{employer.capacity}}',
  'The Employee: {{employee.name}}')

export const cdduClausesEn: readonly Clause[] = [
  language, amendment, parties, nature, object, post, period, places, hours, pay, agreement, bodies, declarations, rights, data, termination, law, attachments, signatures,
]
export const artistClausesEn: readonly Clause[] = [
  language, amendment, parties, nature, object, post, period, places, deliverables, hours, pay, exclusivity, rights, usage, agreement, bodies, declarations, data, termination, law, attachments, signatures,
]
