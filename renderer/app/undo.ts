export const useUndo = (): { undo: () => void; redo: () => void } => ({ undo: () => undefined, redo: () => undefined })
