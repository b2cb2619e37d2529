/** The one catalogue of errors: code, HTTP status, and what to say in each language. Messages say what to do. */
import { Refusal, type ErrorDetail } from '../kernel/result.ts'

interface Declared {
  status: number
  en: string
  fr: string
}

export const errors = {
  'validation.invalid': { status: 400, en: 'Some fields cannot be used as they are. Correct the fields listed.', fr: 'Certains champs ne peuvent pas être utilisés tels quels. Corrigez les champs indiqués.' },
  'validation.unknown_operation': { status: 400, en: 'This operation does not exist.', fr: 'Cette opération n’existe pas.' },
  'validation.unknown_filter': { status: 400, en: 'This filter or sort does not exist here.', fr: 'Ce filtre ou ce tri n’existe pas ici.' },
  'validation.window_reversed': { status: 400, en: 'The end must come after the start.', fr: 'La fin doit venir après le début.' },
  'validation.reference': { status: 400, en: 'A record named here does not exist in this organization.', fr: 'Un élément cité ici n’existe pas dans cette organisation.' },
  'validation.file': { status: 400, en: 'This file cannot be read. See the details.', fr: 'Ce fichier ne peut pas être lu. Voir le détail.' },
  'auth.required': { status: 401, en: 'Sign in first.', fr: 'Connectez-vous d’abord.' },
  'auth.failed': { status: 401, en: 'The e-mail or the password is not right.', fr: 'L’adresse ou le mot de passe ne convient pas.' },
  'auth.delayed': { status: 429, en: 'Too many attempts. Wait before trying again.', fr: 'Trop d’essais. Attendez avant de recommencer.' },
  'auth.forbidden': { status: 403, en: 'Your role does not allow this. Ask a person who holds it.', fr: 'Votre rôle ne le permet pas. Demandez à une personne qui en a le droit.' },
  'auth.scope': { status: 403, en: 'This session is limited and does not include this.', fr: 'Cette session est limitée et ne le permet pas.' },
  'auth.locked': { status: 423, en: 'This window is locked. Unlock it first.', fr: 'Cette fenêtre est verrouillée. Déverrouillez-la d’abord.' },
  'auth.pin_failed': { status: 401, en: 'This is not the PIN.', fr: 'Ce n’est pas le bon code PIN.' },
  'auth.pin_unusable': { status: 403, en: 'The PIN does not open now. Use the password.', fr: 'Le code PIN n’ouvre pas pour l’instant. Utilisez le mot de passe.' },
  'auth.must_change': { status: 403, en: 'Choose a password of your own first.', fr: 'Choisissez d’abord votre propre mot de passe.' },
  'auth.same_password': { status: 422, en: 'The new password is the present one. Choose another.', fr: 'Le nouveau mot de passe est l’actuel. Choisissez-en un autre.' },
  'auth.seeing_as': { status: 403, en: 'You are seeing as another role: nothing can be changed. Come back to yourself first.', fr: 'Vous voyez avec un autre rôle : rien ne peut être modifié. Revenez d’abord à vous-même.' },
  'auth.amounts_hidden': { status: 403, en: 'Amounts are hidden here, and this file holds them all. Show them first.', fr: 'Les montants sont masqués ici, et ce fichier les contient tous. Affichez-les d’abord.' },
  'auth.not_a_keeper': { status: 403, en: 'Sign-ins of this computer were lost; its organizations are whole. Begin with the e-mail of an owner or administrator of one of them.', fr: 'Les comptes de cet ordinateur ont été perdus ; ses organisations sont entières. Commencez avec l’adresse d’un de leurs propriétaires ou administrateurs.' },
  'auth.token': { status: 401, en: 'The access token is missing or wrong.', fr: 'Le jeton d’accès manque ou ne convient pas.' },
  'auth.session_ended': { status: 401, en: 'This session has ended at the server. Sign in there again; what was not sent is kept.', fr: 'Cette session est terminée sur le serveur. Reconnectez-vous ; ce qui n’est pas envoyé est gardé.' },
  'auth.origin': { status: 403, en: 'This page may not talk to Callboard.', fr: 'Cette page n’a pas le droit de parler à Callboard.' },
  'record.not_found': { status: 404, en: 'Not found. It may have been removed.', fr: 'Introuvable. L’élément a peut-être été supprimé.' },
  'record.not_restorable': { status: 409, en: 'It cannot be restored: what must be unique is taken by another.', fr: 'Restauration impossible : une valeur unique est prise par un autre élément.' },
  'record.taken': { status: 409, en: 'This value is already taken.', fr: 'Cette valeur est déjà prise.' },
  'record.in_use': { status: 409, en: 'Other records still refer to it. They are listed.', fr: 'D’autres éléments s’y rapportent encore. Ils sont indiqués.' },
  'record.transition_rejected': { status: 409, en: 'This step is not possible from the present state.', fr: 'Cette étape n’est pas possible depuis l’état actuel.' },
  'concurrency.version_mismatch': { status: 409, en: 'Someone changed this meanwhile. Both values are shown; choose.', fr: 'Quelqu’un a modifié ceci entre-temps. Les deux valeurs sont montrées, choisissez.' },
  'idempotency.payload_mismatch': { status: 409, en: 'This call identifier was already used for something else.', fr: 'Cet identifiant d’appel a déjà servi à autre chose.' },
  'project.archived': { status: 422, en: 'The project is archived. Unarchive it to change anything.', fr: 'Le projet est archivé. Désarchivez-le pour modifier.' },
  'project.not_removable': { status: 422, en: 'It holds published or signed documents: archive it instead.', fr: 'Il contient des documents publiés ou signés : archivez-le plutôt.' },
  'mission.locked': { status: 422, en: 'The mission is locked for review. Unlock it to change anything.', fr: 'La mission est verrouillée pour relecture. Déverrouillez-la pour modifier.' },
  'mission.not_ready': { status: 422, en: 'A location and a window are needed first.', fr: 'Il faut d’abord un lieu et un horaire.' },
  'mission.not_removable': { status: 422, en: 'People are engaged or a sheet was published: cancel the mission instead.', fr: 'Des personnes sont engagées ou une feuille est publiée : annulez plutôt la mission.' },
  'mission.has_engaged': { status: 422, en: 'These people were asked or engaged. Say so for each of them first.', fr: 'Ces personnes ont été sollicitées ou engagées. Réglez d’abord leur cas.' },
  'mission.published': { status: 422, en: 'A sheet is published for this mission.', fr: 'Une feuille est publiée pour cette mission.' },
  'dependency.cycle': { status: 422, en: 'This would make a mission wait for itself.', fr: 'Une mission s’attendrait elle-même.' },
  'reason.required': { status: 422, en: 'Give a reason. It is kept in the audit log.', fr: 'Indiquez un motif. Il est conservé dans le journal.' },
  'acceptance.asked': { status: 422, en: 'They were asked on these terms: they stand as they were. Ask again with other terms.', fr: 'La personne a été sollicitée à ces conditions : elles restent telles quelles. Proposez-en d’autres.' },
  'assignment.locked_terms': { status: 422, en: 'The person has answered on these terms. Propose a change instead.', fr: 'La personne a répondu sur ces conditions. Proposez plutôt une modification.' },
  'assignment.refused_rows': { status: 422, en: 'Some of these assignments cannot change. They are listed with the reason.', fr: 'Certaines de ces affectations ne peuvent pas changer. Elles sont indiquées avec le motif.' },
  'member.last_owner': { status: 422, en: 'The last owner cannot be removed or lowered.', fr: 'Le dernier propriétaire ne peut être ni retiré ni rétrogradé.' },
  'member.grants_more': { status: 403, en: 'Nobody grants more than they hold.', fr: 'On ne peut accorder plus de droits qu’on n’en a.' },
  'member.role_scope': { status: 422, en: 'This role is held in the whole organization only.', fr: 'Ce rôle ne se tient que dans toute l’organisation.' },
  'organization.siren': { status: 422, en: 'This SIREN is mistyped: its last digit does not agree with the eight others.', fr: 'Ce SIREN comporte une erreur de saisie : son dernier chiffre ne correspond pas aux huit autres.' },
  'organization.siret': { status: 422, en: 'This SIRET is mistyped: its last digit does not agree with the others.', fr: 'Ce SIRET comporte une erreur de saisie : son dernier chiffre ne correspond pas aux autres.' },
  'organization.siret_of_other': { status: 422, en: 'This SIRET is not of this SIREN: its first nine digits must be the SIREN.', fr: 'Ce SIRET n’est pas celui de ce SIREN : ses neuf premiers chiffres doivent être le SIREN.' },
  'organization.vat_number': { status: 422, en: 'This VAT number is mistyped: its key does not agree with the SIREN in it.', fr: 'Ce numéro de TVA comporte une erreur de saisie : sa clé ne correspond pas au SIREN qu’il contient.' },
  'organization.ape': { status: 422, en: 'An APE code is four digits and a letter, 90.01Z.', fr: 'Un code APE comporte quatre chiffres et une lettre, 90.01Z.' },
  'department.colour': { status: 422, en: 'Choose a colour of the palette or one like #7A3FB0.', fr: 'Choisissez une couleur de la palette ou une couleur comme #7A3FB0.' },
  'invitation.not_pending': { status: 422, en: 'This invitation does not wait any more. Invite the person again.', fr: 'Cette invitation n’attend plus. Invitez à nouveau la personne.' },
  'invitation.unusable': { status: 422, en: 'This code opens nothing here: mistyped, past its date, or taken back. Ask for a new one.', fr: 'Ce code n’ouvre rien ici : mal saisi, périmé ou retiré. Demandez-en un nouveau.' },
  'invitation.member_already': { status: 422, en: 'You are a member of this organization already.', fr: 'Vous êtes déjà membre de cette organisation.' },
  'availability.answered': { status: 422, en: 'This question is answered. Correct the answer instead.', fr: 'Cette question a reçu une réponse. Corrigez plutôt la réponse.' },
  'availability.not_due': { status: 422, en: 'The deadline of this question has not passed.', fr: 'Le délai de réponse n’est pas encore passé.' },
  'availability.overlap': { status: 422, en: 'Other availability is already given for this time. Say whether to replace it.', fr: 'Une autre disponibilité existe déjà à ces dates. Dites s’il faut la remplacer.' },
  'collaborator.user_linked': { status: 422, en: 'This user is already linked to another person of the directory. Unlink them there first.', fr: 'Ce compte est déjà lié à une autre personne de l’annuaire. Déliez-le d’abord.' },
  'collaborator.held': { status: 422, en: 'Some of these people must still be kept. They are listed with the reason.', fr: 'Certaines de ces personnes doivent encore être gardées. Elles sont indiquées avec le motif.' },
  'collaborator.not_due': { status: 422, en: 'The day until which this person is kept is not past.', fr: 'La date jusqu’à laquelle cette personne est gardée n’est pas passée.' },
  'collaborator.retain_past': { status: 422, en: 'Choose a day to come.', fr: 'Choisissez une date à venir.' },
  'sheet.checks_failed': { status: 422, en: 'The sheet cannot be published yet. See the list.', fr: 'La feuille ne peut pas encore être publiée. Voir la liste.' },
  'plan_publication.frozen': { status: 422, en: 'A published plan never changes. Publish the plan again.', fr: 'Un planning publié ne change plus. Publiez le planning à nouveau.' },
  'sheet.covered': { status: 422, en: 'A current sheet already covers this mission.', fr: 'Une feuille en cours couvre déjà cette mission.' },
  'sheet.frozen': { status: 422, en: 'This revision is frozen. Prepare the next version to change it.', fr: 'Cette version est figée. Préparez la suivante pour la modifier.' },
  'sheet.validated': { status: 422, en: 'This version is validated. Take it back to draft to change it.', fr: 'Cette version est validée. Repassez-la en brouillon pour la modifier.' },
  'sheet.in_work': { status: 422, en: 'The next version is already in work.', fr: 'La version suivante est déjà en préparation.' },
  'sheet.lead': { status: 422, en: 'The lead mission stays on its sheet.', fr: 'La mission principale reste sur sa feuille.' },
  'sheet.other_day': { status: 422, en: 'A sheet covers missions of one project and one day.', fr: 'Une feuille couvre les missions d’un même projet et d’un même jour.' },
  'sheet.two_people': { status: 422, en: 'Another person must publish what you validated.', fr: 'Une autre personne doit publier ce que vous avez validé.' },
  'import.changed': { status: 422, en: 'The file or the mapping changed since the preview. Look at it again.', fr: 'Le fichier ou la correspondance a changé depuis l’aperçu. Vérifiez à nouveau.' },
  'import.refused_rows': { status: 422, en: 'Some rows cannot be imported. They are listed with the reason.', fr: 'Certaines lignes ne peuvent être importées. Elles sont listées avec le motif.' },
  'undo.impossible': { status: 422, en: 'This cannot be undone: it had an effect outside.', fr: 'Annulation impossible : l’action a eu un effet à l’extérieur.' },
  'undo.moved': { status: 409, en: 'Someone changed it since. What was kept is listed.', fr: 'Modifié depuis par quelqu’un. Ce qui est gardé est indiqué.' },
  'undo.too_late': { status: 422, en: 'Imports and merges can be undone for 30 days. Correct the records by hand.', fr: 'Imports et fusions s’annulent pendant 30 jours. Corrigez les fiches à la main.' },
  'undo.depends': { status: 409, en: 'Later entries depend on it. Undo them first.', fr: 'Des saisies plus récentes en dépendent. Annulez-les d’abord.' },
  'sync.decided': { status: 409, en: 'This was decided already. Undo that decision to choose anew.', fr: 'C’est déjà décidé. Annulez cette décision pour choisir à nouveau.' },
  'sync.choice': { status: 422, en: 'This cannot be done about this change. Choose among what is offered.', fr: 'Ce choix n’est pas possible pour cette modification. Choisissez parmi ceux proposés.' },
  'backup.not_found': { status: 404, en: 'This backup is not there any more.', fr: 'Cette sauvegarde n’est plus là.' },
  'backup.folder': { status: 422, en: 'This folder cannot keep backups. See why beside the field.', fr: 'Ce dossier ne peut pas recevoir les sauvegardes. La raison est à côté du champ.' },
  'attachment.not_uploaded': { status: 422, en: 'The file itself is not here. Send it first, then attach it.', fr: 'Le fichier lui-même n’est pas là. Envoyez-le d’abord, puis joignez-le.' },
  'attachment.not_an_image': { status: 422, en: 'This is not a PNG or JPEG image of a usable size.', fr: 'Ce n’est pas une image PNG ou JPEG de taille utilisable.' },
  'storage.damaged': { status: 503, en: 'The file is damaged. Nothing was changed; restore a verified backup.', fr: 'Le fichier est abîmé. Rien n’a été modifié ; restaurez une sauvegarde vérifiée.' },
  'storage.newer': { status: 503, en: 'The file was written by a newer Callboard. Update to open it.', fr: 'Ce fichier vient d’un Callboard plus récent. Mettez à jour pour l’ouvrir.' },
  'storage.full': { status: 507, en: 'The disk is full. Nothing was lost; free some space and try again.', fr: 'Le disque est plein. Rien n’est perdu ; libérez de la place et recommencez.' },
  'storage.read_only': { status: 503, en: 'The data folder cannot be written. You can read, nothing can be changed.', fr: 'Le dossier des données n’est pas accessible en écriture. Lecture seule.' },
  'storage.restoring': { status: 503, en: 'A backup is being put in place. Try again in a moment.', fr: 'Une sauvegarde est en cours de restauration. Recommencez dans un instant.' },
  'storage.failed': { status: 503, en: 'The disk refused the write. Nothing was changed; try again.', fr: 'Le disque a refusé l’écriture. Rien n’a été modifié ; recommencez.' },
  'storage.unavailable': { status: 503, en: 'The database does not answer. Nothing was changed; try again in a moment.', fr: 'La base de données ne répond pas. Rien n’a été modifié ; recommencez dans un instant.' },
  'throttling.too_large': { status: 413, en: 'Too large.', fr: 'Trop volumineux.' },
  'auth.device_revoked': { status: 403, en: 'This computer was shut out of this organization. What it had not sent is handed over; its copy is removed.', fr: 'Cet ordinateur a été exclu de cette organisation. Ce qu’il n’avait pas envoyé est remis au serveur ; sa copie est retirée.' },
  'auth.membership_ended': { status: 403, en: 'You are no member of this organization any more. Its rows are removed from this computer; what you had not sent stays here.', fr: 'Vous n’êtes plus membre de cette organisation. Ses données sont retirées de cet ordinateur ; ce que vous n’aviez pas envoyé y reste.' },
  'idempotency.key_required': { status: 400, en: 'This call needs an Idempotency-Key header: a text of its own, at most 128 ASCII characters.', fr: 'Cet appel demande un en-tête Idempotency-Key : un texte propre à l’appel, 128 caractères ASCII au plus.' },
  'idempotency.in_progress': { status: 409, en: 'The same call is being answered. Try again in a moment.', fr: 'Le même appel est en cours. Recommencez dans un instant.' },
  'throttling.limited': { status: 429, en: 'Too many calls. Wait before trying again.', fr: 'Trop d’appels. Attendez avant de recommencer.' },
  'throttling.too_slow': { status: 408, en: 'The body came too slowly. Try again with a better connection.', fr: 'Le contenu est arrivé trop lentement. Recommencez avec une meilleure connexion.' },
  'storage.quota': { status: 507, en: 'The room given to this organization is used up. Ask who runs the server for more.', fr: 'La place accordée à cette organisation est épuisée. Demandez-en davantage à qui gère le serveur.' },
  'attachment.offset': { status: 416, en: 'The file goes on at another place. The details say where.', fr: 'Le fichier reprend à un autre endroit. Le détail dit où.' },
  'attachment.digest': { status: 422, en: 'The bytes are not those of this name. Send the file again from its beginning.', fr: 'Les octets ne sont pas ceux de ce nom. Renvoyez le fichier depuis le début.' },
  'server.stopping': { status: 503, en: 'The server is restarting. Try again in a moment.', fr: 'Le serveur redémarre. Recommencez dans un instant.' },
  'server.storage_full': { status: 507, en: 'The server has no room left. What you enter stays on this computer and is sent once there is some; tell who runs the server.', fr: 'Le serveur n’a plus de place. Ce que vous saisissez reste sur cet ordinateur et partira dès qu’il y en aura ; prévenez qui le gère.' },
  'sync.app_older': { status: 422, en: 'This Callboard is too old for its server. Update it; nothing typed is lost.', fr: 'Cette version de Callboard est trop ancienne pour son serveur. Mettez-la à jour ; rien de ce qui est saisi n’est perdu.' },
  'sync.server_older': { status: 422, en: 'The server is older than this Callboard. Ask who runs it to update it; nothing typed is lost.', fr: 'Le serveur est plus ancien que cette version de Callboard. Demandez sa mise à jour ; rien de ce qui est saisi n’est perdu.' },
  'sync.not_empty': { status: 409, en: 'This organization is on the server already.', fr: 'Cette organisation est déjà sur le serveur.' },
  'sync.already_here': { status: 409, en: 'This organization is on this computer already. Open it.', fr: 'Cette organisation est déjà sur cet ordinateur. Ouvrez-la.' },
  'sync.differs': { status: 409, en: 'What the server holds is not what is here. This computer stays as it is; try again.', fr: 'Ce que le serveur a reçu n’est pas ce qui est ici. Cet ordinateur reste tel quel ; recommencez.' },
  'sync.follows_already': { status: 409, en: 'This organization follows a server already.', fr: 'Cette organisation suit déjà un serveur.' },
  'sync.no_server': { status: 409, en: 'This organization follows no server.', fr: 'Cette organisation ne suit aucun serveur.' },
  'sync.not_a_server': { status: 422, en: 'No Callboard server answers at this address. Check it.', fr: 'Aucun serveur Callboard ne répond à cette adresse. Vérifiez-la.' },
  'sync.nothing_there': { status: 404, en: 'Your account at this server belongs to no organization. Ask for an invitation.', fr: 'Votre compte sur ce serveur n’appartient à aucune organisation. Demandez une invitation.' },
  'sync.other_password': { status: 409, en: 'This sign-in has a password of its own on this computer. Give that one as well.', fr: 'Cette connexion a son propre mot de passe sur cet ordinateur. Donnez-le aussi.' },
  'sync.other_sign_in': { status: 409, en: 'This e-mail opens this computer already, for a sign-in that has organizations of its own here. Give another e-mail for this computer: your account at the server keeps its own, and both are opened here, each with its e-mail.', fr: 'Cette adresse ouvre déjà cet ordinateur, pour une connexion qui a ici ses propres organisations. Donnez une autre adresse pour cet ordinateur : votre compte sur le serveur garde la sienne, et les deux s’ouvrent ici, chacune avec son adresse.' },
  'sync.parcel': { status: 422, en: 'This file holds no unsent work of this organization.', fr: 'Ce fichier ne contient pas de travail à envoyer de cette organisation.' },
  'sync.sign_in_first': { status: 409, en: 'Sign in at the server of this organization first: nothing of it is here for you yet.', fr: 'Connectez-vous d’abord au serveur de cette organisation : rien n’en est encore ici pour vous.' },
  'sync.unreachable': { status: 503, en: 'The server does not answer. Nothing was changed; try again when there is network.', fr: 'Le serveur ne répond pas. Rien n’a été modifié ; recommencez quand il y aura du réseau.' },
  'sync.unsent': { status: 409, en: 'Something is not sent yet. Send it, or decide about it, first.', fr: 'Tout n’est pas encore envoyé. Envoyez-le ou décidez-en d’abord.' },
  'sync.recovery_unreviewed': { status: 409, en: 'Roles or members come back that were not looked at. Look at them first.', fr: 'Des rôles ou des membres reviennent sans avoir été relus. Relisez-les d’abord.' },
  'sync.number_not_missing': { status: 404, en: 'This number is not missing.', fr: 'Ce numéro ne manque pas.' },
  'sync.taken_over': { status: 409, en: 'Somebody with the right has taken this over.', fr: 'Une personne habilitée a repris cette saisie.' },
  'venue.address': { status: 422, en: 'Callboard listens on addresses of this computer only. Choose one of the list.', fr: 'Callboard n’écoute que sur les adresses de cet ordinateur. Choisissez-en une dans la liste.' },
  'venue.already': { status: 409, en: 'This computer serves or is served already. End that first.', fr: 'Cet ordinateur sert déjà de relais ou en suit déjà un. Terminez d’abord.' },
  'venue.closed': { status: 409, en: 'This computer serves nobody now.', fr: 'Cet ordinateur ne sert personne en ce moment.' },
  'venue.code': { status: 422, en: 'This is not the code on the other screen. Read it again; another one is shown at each opening.', fr: 'Ce n’est pas le code affiché sur l’autre écran. Relisez-le ; il change à chaque ouverture.' },
  'venue.port': { status: 409, en: 'Another program uses this port. Choose another, or none.', fr: 'Un autre programme utilise ce port. Choisissez-en un autre, ou aucun.' },
  'venue.refused': { status: 403, en: 'The other computer serves another organization, or does not know this one by its key.', fr: 'L’autre ordinateur sert une autre organisation, ou ne reconnaît pas la clé de celui-ci.' },
  'venue.unreachable': { status: 503, en: 'Nobody serves at this address. Check it, and that both computers are on the same network.', fr: 'Aucun relais ne répond à cette adresse. Vérifiez-la, et que les deux ordinateurs sont sur le même réseau.' },
  'facts.cut': { status: 422, en: 'The copy of the organization ends before its end. Nothing was taken; send it again.', fr: 'La copie de l’organisation s’arrête avant la fin. Rien n’a été repris ; renvoyez-la.' },
  'facts.damaged': { status: 422, en: 'The copy of the organization is not what was written. Nothing was taken; the details say where.', fr: 'La copie de l’organisation n’est pas telle qu’elle a été écrite. Rien n’a été repris ; le détail dit où.' },
  'facts.newer': { status: 422, en: 'The copy was written by a newer Callboard. Update this one, then try again.', fr: 'Cette copie vient d’un Callboard plus récent. Mettez celui-ci à jour, puis recommencez.' },
  'facts.older': { status: 422, en: 'The copy was written by an older Callboard that lacks some columns. Update that one, then try again.', fr: 'Cette copie vient d’un Callboard plus ancien, auquel il manque des colonnes. Mettez-le à jour, puis recommencez.' },
  'facts.other': { status: 422, en: 'The copy is of another organization.', fr: 'Cette copie est celle d’une autre organisation.' },
  'server.thread_ended': { status: 503, en: 'The work ended before it was done. Nothing was changed; try again.', fr: 'Le travail s’est arrêté avant la fin. Rien n’a été modifié ; recommencez.' },
  'server.unexpected': { status: 500, en: 'Something unexpected happened. Nothing was changed. The report is in the log.', fr: 'Un incident imprévu est survenu. Rien n’a été modifié. Le détail est dans le journal.' },
} as const satisfies Record<string, Declared>

export type ErrorCode = keyof typeof errors

/** Codes that carry the entity's name: `mission.not_found` is described by `record.not_found`. */
const perEntity = ['not_found', 'not_restorable', 'taken', 'in_use', 'transition_rejected'] as const

export function describeError(code: string): Declared {
  const known: Record<string, Declared | undefined> = errors
  const direct = known[code]
  if (direct) return direct
  const suffix = perEntity.find((one) => code.endsWith(`.${one}`))
  return (suffix && known[`record.${suffix}`]) ?? errors['server.unexpected']
}

export const detail = (field: string | null, issue: string, expected: string | null = null, found: string | null = null): ErrorDetail => ({ field, issue, expected, found })

/** Stops the command with a declared error; everything it did is rolled back. */
export function refuse(code: ErrorCode, ...details: ErrorDetail[]): Refusal {
  return new Refusal({ code, message: errors[code].en, details })
}

/** The same for a code that carries the entity's name. */
export function refuseFor(entity: string, kind: (typeof perEntity)[number], ...details: ErrorDetail[]): Refusal {
  return new Refusal({ code: `${entity}.${kind}`, message: errors[`record.${kind}`].en, details })
}
