/** Fixed words of printed contracts. What clauses say is in their templates. */
import type { ContractLanguage } from '../../domain/contracts/facts.ts'
import type { ContractKind } from '../../domain/contracts/rules.ts'

export interface ContractWords {
  preview: string
  previewNote: string
  number: (reference: string) => string
  version: (number: number) => string
  madeOn: (date: string) => string
  law: Readonly<Record<ContractKind, string>>
  house: Readonly<Record<ContractKind, string>>
  other: Readonly<Record<ContractKind, string>>
  labels: Readonly<Record<string, string>>
  missing: string
  annex: string
  annexHeads: readonly [day: string, hours: string, what: string, where: string]
  seeAnnex: string
  readAndApproved: string
  initials: string
  page: (page: number, pages: number) => string
  signed: string
  evidence: string
  notQualified: string
  document: string
  onScreen: string
  onPaper: string
  demo: string
}

const fr: ContractWords = {
  preview: 'APERÇU', previewNote: 'Aperçu sans valeur contractuelle : ni numéroté, ni conservé, ni à signer.',
  number: (reference) => `Contrat n° ${reference}`, version: (number) => (number === 1 ? 'Version 1' : `Version ${number} (avenant n° ${number - 1})`), madeOn: (date) => `Établi le ${date}`,
  law: {
    cddu: 'Contrat de travail à durée déterminée d’usage, article L. 1242-2, 3° du code du travail', artist: 'Contrat de travail à durée déterminée d’usage d’artiste, articles L. 1242-2, 3° et L. 7121-3 du code du travail',
    vendor: 'Contrat de prestation de services, articles 1101 et suivants du code civil', client: 'Contrat de production, articles 1101 et suivants du code civil',
  },
  house: { cddu: 'L’employeur', artist: 'L’employeur', vendor: 'Le client', client: 'Le producteur' },
  other: { cddu: 'Le salarié', artist: 'L’artiste', vendor: 'Le prestataire', client: 'Le client' },
  labels: {
    signatory: 'Représenté par', born: 'Date de naissance', nir: 'N° de sécurité sociale', fund: 'N° Audiens', alias: 'Nom d’artiste', licences: 'Licence(s) d’entrepreneur de spectacles', agreement: 'Convention collective', vat: 'TVA',
    production: 'Production', object: 'Objet et motif', object_number: 'Numéro d’objet', function: 'Fonction et classification', risk: 'Poste à risque', dates: 'Dates et horaires', period: 'Durée', places: 'Lieu(x) de travail', hours: 'Durée du travail',
    performances: 'Représentations et services', pay: 'Rémunération brute', total: 'Total brut', periodicity: 'Versement', overtime: 'Heures supplémentaires', allowances: 'Indemnités et défraiements', trial: 'Période d’essai', pension: 'Retraite complémentaire',
    welfare: 'Prévoyance', leave_fund: 'Congés spectacles', recording: 'Enregistrement et droits', dpae: 'Déclaration préalable à l’embauche', deliverables: 'Livrables', exclusivity: 'Exclusivité', royalties: 'Redevances', territory: 'Territoire', usage: 'Exploitation',
    scope: 'Objet de la prestation', service_level: 'Niveau de service', rate_card: 'Tarifs', invoicing: 'Facturation', milestones: 'Jalons', acceptance: 'Recette', payment: 'Échéancier', changes: 'Modifications', price: 'Prix', law: 'Droit applicable', termination: 'Résiliation',
  },
  missing: 'À COMPLÉTER', annex: 'Annexe — Calendrier par jour', annexHeads: ['Jour', 'Horaires', 'Travail', 'Lieu'], seeAnnex: 'détail par jour en annexe',
  readAndApproved: 'Signature, précédée de « lu et approuvé »', initials: 'Paraphes', page: (page, pages) => `page ${page} / ${pages}`,
  signed: 'Signé', evidence: 'Éléments de preuve', notQualified: 'Une signature tracée à l’écran est une image accompagnée de ces éléments : ce n’est pas une signature électronique qualifiée au sens du règlement eIDAS.',
  document: 'Empreinte SHA-256 du contenu', onScreen: 'tracée à l’écran', onPaper: 'sur papier', demo: 'DÉMO',
}

const en: ContractWords = {
  preview: 'PREVIEW', previewNote: 'Preview without contractual value: not numbered, not kept, not to be signed.',
  number: (reference) => `Contract no. ${reference}`, version: (number) => (number === 1 ? 'Version 1' : `Version ${number} (amendment no. ${number - 1})`), madeOn: (date) => `Made on ${date}`,
  law: {
    cddu: 'Fixed-term contract of customary use (CDD d’usage), article L. 1242-2, 3° of the French labour code', artist: 'Fixed-term artist’s contract of customary use, articles L. 1242-2, 3° and L. 7121-3 of the French labour code',
    vendor: 'Services agreement, articles 1101 and following of the French civil code', client: 'Production agreement, articles 1101 and following of the French civil code',
  },
  house: { cddu: 'The employer', artist: 'The employer', vendor: 'The customer', client: 'The producer' },
  other: { cddu: 'The employee', artist: 'The artist', vendor: 'The vendor', client: 'The client' },
  labels: {
    signatory: 'Represented by', born: 'Date of birth', nir: 'Social security no.', fund: 'Audiens no.', alias: 'Stage name', licences: 'Live performance licence(s)', agreement: 'Collective agreement', vat: 'VAT',
    production: 'Production', object: 'Object and reason', object_number: 'Numéro d’objet', function: 'Function and classification', risk: 'Post at risk', dates: 'Dates and hours', period: 'Term', places: 'Place(s) of work', hours: 'Working time',
    performances: 'Performances and services', pay: 'Gross pay', total: 'Gross total', periodicity: 'Payment', overtime: 'Overtime', allowances: 'Allowances and expenses', trial: 'Trial period', pension: 'Supplementary pension',
    welfare: 'Welfare insurance', leave_fund: 'Paid-leave fund', recording: 'Recording and rights', dpae: 'Declaration before hiring (DPAE)', deliverables: 'Deliverables', exclusivity: 'Exclusivity', royalties: 'Royalties', territory: 'Territory', usage: 'Usage',
    scope: 'Scope of the services', service_level: 'Service level', rate_card: 'Rate card', invoicing: 'Invoicing', milestones: 'Milestones', acceptance: 'Acceptance', payment: 'Payment schedule', changes: 'Change control', price: 'Price', law: 'Governing law', termination: 'Termination',
  },
  missing: 'TO BE COMPLETED', annex: 'Annex — Schedule per day', annexHeads: ['Day', 'Hours', 'Work', 'Place'], seeAnnex: 'each day in the annex',
  readAndApproved: 'Signature, after “read and approved”', initials: 'Initials', page: (page, pages) => `page ${page} / ${pages}`,
  signed: 'Signed', evidence: 'Evidence', notQualified: 'A signature drawn on a screen is an image with this evidence: it is no qualified electronic signature in the sense of the eIDAS regulation.',
  document: 'SHA-256 of the content', onScreen: 'drawn on a screen', onPaper: 'on paper', demo: 'DEMO',
}

export const contractWords: Readonly<Record<ContractLanguage, ContractWords>> = { fr, en }
