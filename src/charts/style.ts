/** How charts look: on paper (white, black axes, no grid) and in the app, light or dark. Widths in CSS pixels. */

export type StyleName = 'paper' | 'light' | 'dark';

export type Style = {
  readonly ground: 'light' | 'dark';
  /** filled behind everything; null leaves the page's own */
  readonly background: string | null;
  /** put behind labels that lie on the marks */
  readonly labelBackground: string;
  readonly ink: string;
  /** lines of reference levels and their labels */
  readonly muted: string;
  /** null draws none */
  readonly grid: string | null;
  /** null draws no axis lines */
  readonly axis: string | null;
  readonly memberWidth: number;
  readonly meanWidth: number;
};

export const fontFamily = 'Inter, Arial, "Liberation Sans", "DejaVu Sans", sans-serif';

export const styles: Readonly<Record<StyleName, Style>> = {
  paper: {
    ground: 'light',
    background: '#ffffff',
    labelBackground: '#ffffffcc',
    ink: '#000000',
    muted: '#555555',
    grid: null,
    axis: '#000000',
    memberWidth: 0.6,
    meanWidth: 1.5,
  },
  light: {
    ground: 'light',
    background: null,
    labelBackground: '#ffffffcc',
    ink: '#1f2328',
    muted: '#656d76',
    grid: '#e7eaee',
    axis: null,
    memberWidth: 1,
    meanWidth: 2.4,
  },
  dark: {
    ground: 'dark',
    background: null,
    labelBackground: '#14171ccc',
    ink: '#e6e8eb',
    muted: '#9aa4b0',
    grid: '#2b3038',
    axis: null,
    memberWidth: 1,
    meanWidth: 2.4,
  },
};
