export const ProjectStep = (_: { org: string; onSkip: () => void; onDone: (project: string) => void }) => null
