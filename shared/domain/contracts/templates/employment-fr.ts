/** Clauses of employment in French: fixed-term contracts of customary use, of technicians and of artists. Written for Callboard, to be read by counsel. */
import { typeset } from '../said.ts'
import type { Clause, KnownClause } from '../template.ts'

const clause = (id: KnownClause, title: string, ...paragraphs: string[]): Clause => ({ id, title: typeset(title, 'fr'), text: typeset(paragraphs.join('\n'), 'fr') })

export const employmentTitlesFr = {
  cddu: typeset('{{#if is.amendment}}Avenant n° {{contract.amendment}} au contrat{{/if}}{{#unless is.amendment}}Contrat{{/unless}} de travail à durée déterminée d’usage', 'fr'),
  artist: typeset('{{#if is.amendment}}Avenant n° {{contract.amendment}} au contrat{{/if}}{{#unless is.amendment}}Contrat{{/unless}} d’engagement d’artiste à durée déterminée d’usage', 'fr'),
}

const amendment = clause('amendment', 'Objet de l’avenant',
  '{{#if is.amendment}}Le présent avenant remplace, à compter de sa signature par les deux parties, les clauses du contrat{{#if contract.amends}} {{contract.amends}}{{/if}} par celles qui suivent. Jusque-là, le contrat reste en vigueur tel qu’il a été signé.{{/if}}')

const parties = clause('parties', 'Parties',
  '{{employer.name}}{{#if employer.legal_form}}, {{employer.legal_form}}{{/if}}, dont le siège est situé {{employer.address}}, SIREN {{employer.siren}}, SIRET {{employer.siret}}, code APE {{employer.ape}}, '
  + 'représentée par {{employer.signatory}}, en qualité de {{employer.capacity}}, ci-après « l’Employeur »,',
  'et {{employee.name}}{{#if employee.alias}}, sous le pseudonyme « {{employee.alias}} »{{/if}}, demeurant {{employee.address}}{{#if employee.birth_date}}, date de naissance : {{employee.birth_date}}{{/if}}'
  + '{{#if employee.nir}}, numéro de sécurité sociale : {{employee.nir}}{{/if}}{{#if employee.fund_number}}, numéro d’affiliation à Audiens et aux congés du spectacle : {{employee.fund_number}}{{/if}}, ci-après « le Salarié »,',
  'sont convenus de ce qui suit.')

const nature = clause('nature', 'Nature du contrat',
  'Le présent contrat est un contrat de travail à durée déterminée d’usage. Il est conclu en application de l’article L. 1242-2, 3° du code du travail : dans le secteur d’activité de l’Employeur, que désigne l’article D. 1242-1 du même code, '
  + 'il est d’usage constant de ne pas recourir au contrat à durée indéterminée pour l’emploi occupé, en raison de la nature de l’activité exercée et du caractère par nature temporaire de cet emploi.',
  '{{#if is.live}}Il est soumis à l’accord interbranche du 24 juin 2008 applicable au spectacle vivant.{{/if}}')

const object = clause('object', 'Objet',
  'Le Salarié est engagé pour la production suivante : {{work.production}}{{#if contract.project}} (projet : {{contract.project}}){{/if}}.',
  'Éléments concrets qui établissent le caractère temporaire de l’emploi : {{work.temporary_reason}}',
  '{{#if is.object_number_due}}Numéro d’objet attribué par France Travail : {{work.object_number}}.{{/if}}')

const post = clause('function', 'Fonction',
  'Le Salarié est engagé en qualité de {{work.function}}, fonction définie par la convention collective applicable{{#if work.part}}, pour le rôle suivant : {{work.part}}{{/if}}. Statut : {{work.status}}.',
  '{{work.risk}}')

const period = clause('period', 'Durée et périodes de travail',
  'Le contrat prend effet le {{contract.start}} et prend fin de plein droit et sans formalité à l’issue de la dernière journée de travail, le {{contract.end}}.',
  'Le travail est discontinu. Seules les périodes suivantes, exprimées à l’heure du lieu de travail, sont travaillées :',
  '{{contract.schedule}}',
  'Toute autre journée fait l’objet d’un avenant signé avant d’être travaillée.')

const places = clause('places', 'Lieux de travail', 'Le travail s’exécute aux lieux suivants : {{contract.places}}.')

const hours = clause('hours', 'Durée du travail',
  '{{#if work.week_hours}}La durée de travail de référence est de {{work.week_hours}} par semaine{{#if work.day_hours}} et de {{work.day_hours}} par jour{{/if}}.{{/if}}'
  + '{{#unless work.week_hours}}La durée de travail de référence est de {{work.day_hours}} par jour.{{/unless}}'
  + '{{#if contract.hours}} La durée totale prévue est de {{contract.hours}}, sur {{contract.days}}.{{/if}}',
  '{{#if kind.artist}}{{#if is.live}}Nombre de représentations : {{work.performances}}.{{/if}}{{#unless is.live}}{{#if work.performances}}Nombre de représentations : {{work.performances}}.{{/if}}{{/unless}}{{/if}}'
  + '{{#if kind.cddu}}{{#if work.performances}}Nombre de représentations : {{work.performances}}.{{/if}}{{/if}}{{#if work.rehearsals}} Répétitions : {{work.rehearsals}}.{{/if}}',
  'La feuille de service remise avant chaque journée précise les horaires individuels. Les durées maximales de travail et les temps de repos sont ceux du code du travail et de la convention collective.')

const pay = clause('pay', 'Rémunération',
  'En contrepartie de son travail, le Salarié perçoit :',
  '{{contract.pay}}',
  'Rémunération totale : {{contract.gross_total}} brut. Elle est versée {{work.periodicity}}, avec un bulletin de paie.',
  '{{#if is.paid_by_time}}Heures supplémentaires : {{work.overtime}}{{/if}}{{#unless is.paid_by_time}}{{#if work.overtime}}Heures supplémentaires : {{work.overtime}}{{/if}}{{/unless}}',
  '{{#if contract.allowances}}Défraiements et indemnités, en sus de la rémunération :\n{{contract.allowances}}{{/if}}',
  'L’indemnité de fin de contrat n’est pas due au terme d’un contrat d’usage, sauf dispositions conventionnelles plus favorables (article L. 1243-10, 1° du code du travail).')

const agreement = clause('agreement', 'Convention collective et période d’essai',
  'Le contrat est régi par la convention collective suivante : {{work.agreement}} (IDCC {{work.idcc}}). Le Salarié peut la consulter auprès de l’Employeur.',
  '{{#if is.trial}}Le contrat comporte une période d’essai de {{work.trial}} (article L. 1242-10 du code du travail).{{/if}}{{#unless is.trial}}Le contrat ne comporte pas de période d’essai.{{/unless}}')

const bodies = clause('bodies', 'Protection sociale et congés',
  'Caisse de retraite complémentaire : {{work.pension}}.',
  'Organisme de prévoyance : {{work.welfare}}.',
  'Les congés payés sont versés par la caisse des congés du spectacle : {{work.leave_fund}}. L’Employeur remet au Salarié le certificat d’emploi qui lui permet d’en faire la demande.')

const declarations = clause('declarations', 'Déclarations',
  'L’Employeur a procédé à la déclaration préalable à l’embauche auprès de l’organisme de recouvrement compétent, sous la référence {{work.dpae}} (article L. 1221-10 du code du travail).',
  '{{#if is.live}}Licence d’entrepreneur de spectacles vivants : {{employer.licences}}.{{/if}}',
  'L’Employeur adresse chaque mois à France Travail l’attestation qui concerne le Salarié et lui en remet une copie.')

const rights = clause('rights', 'Enregistrement et image', '{{work.recording}}')

const deliverables = clause('deliverables', 'Prestations artistiques', 'L’artiste s’engage à fournir les prestations suivantes : {{artist.deliverables}}')
const exclusivity = clause('exclusivity', 'Exclusivité', '{{artist.exclusivity}}')
const usage = clause('usage', 'Exploitation des enregistrements',
  '{{#if is.exploited}}Usages autorisés : {{artist.usage}}',
  'Territoire et durée : {{artist.territory}}',
  'Rémunération de ces usages, distincte du salaire : {{artist.royalties}}',
  'Tout usage qui n’est pas écrit ici reste soumis à l’autorisation préalable et écrite de l’artiste.{{/if}}')

const data = clause('data', 'Données personnelles',
  'L’Employeur utilise les données du Salarié pour établir le contrat, la paie et les déclarations sociales, et les conserve le temps que la loi impose. Le Salarié peut demander à y accéder, à les rectifier et, dans les limites de la loi, à les effacer.')

const termination = clause('termination', 'Rupture avant le terme',
  'Sauf accord des parties, le contrat ne peut être rompu avant son terme qu’en cas de faute grave, de force majeure ou d’inaptitude constatée par le médecin du travail (article L. 1243-1 du code du travail), '
  + 'ou par le Salarié qui justifie d’une embauche à durée indéterminée (article L. 1243-2).',
  '{{#if contract.termination}}{{contract.termination}}{{/if}}',
  '{{#if contract.renewal}}Renouvellement : {{contract.renewal}}{{/if}}')

const law = clause('law', 'Droit applicable',
  '{{#if contract.governing_law}}{{contract.governing_law}}{{/if}}{{#unless contract.governing_law}}Le contrat est soumis au droit français. Tout litige relève du conseil de prud’hommes compétent.{{/unless}}')

const attachments = clause('attachments', 'Annexes', '{{#if contract.attachments}}Sont annexés au contrat :\n{{contract.attachments}}{{/if}}')

const signatures = clause('signatures', 'Signatures',
  'Fait en {{contract.originals}} exemplaires originaux, dont un est remis au Salarié au plus tard dans les deux jours ouvrables qui suivent l’embauche (article L. 1242-13 du code du travail)'
  + '{{#if contract.signed_place}}, à {{contract.signed_place}}{{/if}}{{#if contract.signed_on}}, le {{contract.signed_on}}{{/if}}. Chaque partie date et signe.',
  'Pour l’Employeur : {{employer.signatory}}, {{employer.capacity}}',
  'Le Salarié : {{employee.name}}')

export const cdduClausesFr: readonly Clause[] = [
  amendment, parties, nature, object, post, period, places, hours, pay, agreement, bodies, declarations, rights, data, termination, law, attachments, signatures,
]
export const artistClausesFr: readonly Clause[] = [
  amendment, parties, nature, object, post, period, places, deliverables, hours, pay, exclusivity, rights, usage, agreement, bodies, declarations, data, termination, law, attachments, signatures,
]
