export const OrganizationPages = () => null
