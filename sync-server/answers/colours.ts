/** The colours of the page: those of the application (ui 3.1), as far as it needs them. Made by hand from renderer/tokens/tokens.json; a test compares. */
export const themes = {
  'light': {
    'surface-base': '#F2F4F6', 'surface-raised': '#FFFFFF', 'surface-sunken': '#E9ECEF', 'border-default': '#CCD0D4', 'border-strong': '#7B8187', 'text-primary': '#161B22',
    'text-secondary': '#454B53', 'text-muted': '#5F656D', 'accent-text': '#1850C0', 'focus-ring': '#1C5DDC', 'focus-gap': '#FFFFFF', 'action-solid': '#212730',
    'action-hover': '#333A45', 'on-action': '#FFFFFF', 'success-tint': '#E0F7E9', 'success-text': '#035637', 'success-border': '#228F61', 'warning-tint': '#FFF1D5',
    'warning-text': '#743F03', 'warning-border': '#BD6C01', 'info-tint': '#E3F3FE', 'info-text': '#03507F', 'info-border': '#2382BA', 'neutral-tint': '#E9ECEF',
    'neutral-text': '#434850', 'neutral-border': '#7B8187',
  },
  'dark': {
    'surface-base': '#0D0F13', 'surface-raised': '#15181D', 'surface-sunken': '#090A0D', 'border-default': '#33373E', 'border-strong': '#6F757E', 'text-primary': '#E5E8EC',
    'text-secondary': '#B1B6BE', 'text-muted': '#969CA4', 'accent-text': '#8FB6FC', 'focus-ring': '#91C1FF', 'focus-gap': '#090A0D', 'action-solid': '#E2E5E9',
    'action-hover': '#FBFCFD', 'on-action': '#0F1217', 'success-tint': '#112E20', 'success-text': '#80DAAC', 'success-border': '#389469', 'warning-tint': '#3B260C',
    'warning-text': '#F3C672', 'warning-border': '#C48225', 'info-tint': '#132B3D', 'info-text': '#8FCDF5', 'info-border': '#448BB9', 'neutral-tint': '#272A30',
    'neutral-text': '#B9BEC6', 'neutral-border': '#727880',
  },
  'hc-light': {
    'surface-base': '#FFFFFF', 'surface-raised': '#FFFFFF', 'surface-sunken': '#F2F2F2', 'border-default': '#3D3D3D', 'border-strong': '#000000', 'text-primary': '#000000',
    'text-secondary': '#1A1A1A', 'text-muted': '#333333', 'accent-text': '#0033A8', 'focus-ring': '#0033A8', 'focus-gap': '#FFFFFF', 'action-solid': '#000000',
    'action-hover': '#2B2B2B', 'on-action': '#FFFFFF', 'success-tint': '#FFFFFF', 'success-text': '#00401F', 'success-border': '#004D2B', 'warning-tint': '#FFF4D6',
    'warning-text': '#5C2600', 'warning-border': '#6B2E00', 'info-tint': '#FFFFFF', 'info-text': '#003E6B', 'info-border': '#003E6B', 'neutral-tint': '#F2F2F2',
    'neutral-text': '#1A1A1A', 'neutral-border': '#000000',
  },
  'hc-dark': {
    'surface-base': '#000000', 'surface-raised': '#000000', 'surface-sunken': '#000000', 'border-default': '#BFBFBF', 'border-strong': '#FFFFFF', 'text-primary': '#FFFFFF',
    'text-secondary': '#F0F0F0', 'text-muted': '#D9D9D9', 'accent-text': '#9CC2FF', 'focus-ring': '#FFE14D', 'focus-gap': '#000000', 'action-solid': '#FFFFFF',
    'action-hover': '#D9D9D9', 'on-action': '#000000', 'success-tint': '#000000', 'success-text': '#8DF0BF', 'success-border': '#7BE3B0', 'warning-tint': '#1F1500',
    'warning-text': '#FFD36B', 'warning-border': '#FFC94D', 'info-tint': '#000000', 'info-text': '#9DD3FF', 'info-border': '#8CCBFF', 'neutral-tint': '#1A1A1A',
    'neutral-text': '#F0F0F0', 'neutral-border': '#FFFFFF',
  },
} as const
