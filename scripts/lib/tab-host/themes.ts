type Theme = Readonly<Record<string, string>>;

/** The part of Azure DevOps' themes that the tab reads, by the names in its `themeData`. */
export const themes = {
  light: {
    'background-color': 'rgba(255, 255, 255, 1)',
    'text-primary-color': 'rgba(0, 0, 0, .9)',
    'text-secondary-color': 'rgba(0, 0, 0, .55)',
    'communication-background': 'rgba(0, 120, 212, 1)',
    'communication-foreground': 'rgba(0, 90, 158, 1)',
    'status-success-foreground': 'rgba(85, 163, 98, 1)',
    'status-error-foreground': 'rgba(205, 74, 69, 1)',
    'status-warning-foreground': 'rgba(214, 127, 60, 1)',
  },
  dark: {
    'background-color': 'rgba(32, 31, 30, 1)',
    'text-primary-color': 'rgba(255, 255, 255, .9)',
    'text-secondary-color': 'rgba(255, 255, 255, .7)',
    'communication-background': 'rgba(0, 120, 212, 1)',
    'communication-foreground': 'rgba(108, 184, 246, 1)',
    'status-success-foreground': 'rgba(137, 209, 133, 1)',
    'status-error-foreground': 'rgba(241, 112, 123, 1)',
    'status-warning-foreground': 'rgba(255, 195, 40, 1)',
  },
  highContrast: {
    'background-color': 'rgba(0, 0, 0, 1)',
    'text-primary-color': 'rgba(255, 255, 255, 1)',
    'text-secondary-color': 'rgba(255, 255, 255, 1)',
    'communication-background': 'rgba(26, 235, 255, 1)',
    'communication-foreground': 'rgba(255, 255, 0, 1)',
    'status-success-foreground': 'rgba(63, 242, 63, 1)',
    'status-error-foreground': 'rgba(255, 130, 130, 1)',
    'status-warning-foreground': 'rgba(255, 255, 0, 1)',
  },
} as const satisfies Readonly<Record<string, Theme>>;
