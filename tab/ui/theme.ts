import { teamsDarkTheme, teamsHighContrastTheme, teamsLightTheme, type Theme } from '@fluentui/react-components';

/**
 * Teams says default, dark, contrast or glass; what it may say one day is shown light. Colours that the person has forced in
 * the browser or the system outrank all of them.
 */
export function themeFor(name: string, forcedColors: boolean): Theme {
  if (forcedColors || name === 'contrast') return teamsHighContrastTheme;
  return name === 'dark' ? teamsDarkTheme : teamsLightTheme;
}
