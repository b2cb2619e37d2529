/** Which family of words says a field's values. */

const ofRecord: Readonly<Record<string, string>> = {
  'assignment.state': 'state.engagement', 'mission.status': 'state.mission', 'revision.state': 'state.revision', 'project.status': 'project.status', 'collaborator.status': 'person.status', 'collaborator.kind': 'person.kind',
  'location.status': 'location.status', 'location.kind': 'location.kind', 'mission.kind': 'mission.kind', 'organization.kind': 'settings.kind', 'key_time.code': 'key_time', 'sheet_slot.kind': 'sheet.slot_kind', 'consent.purpose': 'person.consent',
  'consent.answer': 'person.consent_answer', 'cue.kind': 'cue.kind', 'availability.kind': 'availability.kind', 'availability.source': 'availability.source', 'availability_request.state': 'availability.state', 'availability_request.channel': 'availability.channel', 'member.status': 'member.status', 'invitation.state': 'invitation.state', 'party.kind': 'party.kind',
  'conflict_decision.decision': 'conflict.decision', 'sync_decision.decision': 'sync.decision', 'organization.status': 'organization.status',
}
/** Of the same sense wherever they stand. */
const ofField: Readonly<Record<string, string>> = {
  engagement_kind: 'assignment.engagement', section: 'sheet.section', sections: 'sheet.section', section_order: 'sheet.section', key_times: 'key_time', layout: 'project.layout', sheet_layout: 'project.layout', default_language: 'settings.language',
  document_language: 'settings.language', language: 'settings.language', basis: 'settings.basis', rate_basis: 'settings.basis', role: 'role', phones: 'layouts.phones', visibility: 'sheet.visibility', purpose: 'export.purpose', document: 'document', format: 'export.format',
}

export const familiesOf = (entity: string | null, field: string): string[] => [ofRecord[`${entity ?? ''}.${field}`], ofField[field]].filter((family) => family !== undefined)
