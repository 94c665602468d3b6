/**
 * Activation functions φ and their slopes φ′, both as functions of the preactivation, in float64. One may have a number to
 * it, s: `activationSlope` of the model. What is to be computed comes from `activationOf`.
 */
export type Activation = {
  readonly label: string;
  /** φ(a) */
  readonly value: (a: number, s: number) => number;
  /** φ′(a); at a kink what automatic differentiation gives in the published code */
  readonly slope: (a: number, s: number) => number;
};

const logistic = (a: number): number => 1 / (1 + Math.exp(-a));
/** Written as published: overflows to infinity above 709. */
const softplus = (a: number): number => Math.log(1 + Math.exp(a));
const tanhSlope = (a: number): number => 1 - Math.tanh(a) ** 2;

/** LeCun et al. 1998, Neural Networks: Tricks of the Trade */
const lecunScale = 1.7159;
const lecunGain = 2 / 3;

/** √(2/π) as float32, which the published code has */
const geluGain = 0.7978845238685608;
const geluCubic = 0.044715;
const geluTanh = (a: number): number => Math.tanh(geluGain * (a + geluCubic * a ** 3));

/** Those of the preactivation alone, with a slope through which error can travel: every engine computes them. */
const everywhere = {
  retanh: {
    label: 'Rectified tanh',
    value: (a) => (a <= 0 ? 0 : Math.tanh(a)), // NaN stays NaN, so that a diverged network is seen
    slope: (a) => (a > 0 ? tanhSlope(a) : a === 0 ? 0.5 : 0),
  },
  ReLU: {
    label: 'ReLU',
    value: (a) => (a <= 0 ? 0 : a),
    slope: (a) => (a >= 0 ? 1 : 0),
  },
  smoothReLU: { label: 'Smooth ReLU (softplus)', value: softplus, slope: logistic },
  tanh: { label: 'tanh', value: Math.tanh, slope: tanhSlope },
  logistic: { label: 'Logistic', value: logistic, slope: (a) => logistic(a) * logistic(-a) },
  linear: { label: 'Linear', value: (a) => a, slope: () => 1 },
  lineartanh: {
    label: 'Linear, clipped at ±1',
    value: (a) => Math.min(1, Math.max(-1, a)),
    slope: (a) => (Math.abs(a) <= 1 ? 1 : 0),
  },
  tanhlecun: {
    label: "LeCun's tanh",
    value: (a) => lecunScale * Math.tanh(lecunGain * a),
    slope: (a) => lecunScale * lecunGain * tanhSlope(lecunGain * a),
  },
  ELU: {
    label: 'ELU',
    value: (a) => (a <= 0 ? Math.expm1(a) : a),
    slope: (a) => (a > 0 ? 1 : Math.exp(a)),
  },
  swish: {
    label: 'Swish',
    value: (a) => a * logistic(a),
    slope: (a) => logistic(a) * (1 + a * logistic(-a)),
  },
  mish: {
    label: 'Mish',
    value: (a) => a * Math.tanh(softplus(a)),
    slope: (a) => Math.tanh(softplus(a)) + a * tanhSlope(softplus(a)) * logistic(a),
  },
  GELU: {
    label: 'GELU (tanh form)',
    value: (a) => 0.5 * a * (1 + geluTanh(a)),
    slope: (a) => 0.5 * (1 + geluTanh(a)) + 0.5 * a * (1 - geluTanh(a) ** 2) * geluGain * (1 + 3 * geluCubic * a ** 2),
  },
} as const satisfies Record<string, Activation>;

/** Those that the reference engine alone has. A new one is one file, which exports its Activation, and one line here. */
const onReference = {
  tanhwithslope: {
    label: 'tanh of chosen slope',
    value: (a, s) => Math.tanh(s * a),
    slope: (a, s) => s * tanhSlope(s * a),
  },
  binarymeanzero: {
    label: 'Step, −1 or 1 (only the readout learns)',
    value: (a) => (a >= 0 ? 1 : a < 0 ? -1 : NaN),
    slope: () => 0, // automatic differentiation gives none, so nothing before the step learns
  },
} as const satisfies Record<string, Activation>;

export const activations = { ...everywhere, ...onReference };

export type ActivationId = keyof typeof activations;

export const activationIds = Object.keys(activations) as [ActivationId, ...ActivationId[]];

/** φ and φ′ of a network: activationSlope (1 unless given) counts for those that have a number to them. */
export function activationOf({ activation, activationSlope = 1 }: ActivationChoice): {
  value: (a: number) => number;
  slope: (a: number) => number;
} {
  const { value, slope }: Activation = activations[activation];
  return { value: (a) => value(a, activationSlope), slope: (a) => slope(a, activationSlope) };
}

export type ActivationChoice = {
  readonly activation: ActivationId;
  /** slope at 0 of `tanhwithslope`, above 0 */
  readonly activationSlope?: number | undefined;
};

/** Those that take `activationSlope`. */
export const activationsWithSlope: readonly ActivationId[] = ['tanhwithslope'];

/** What engines other than the reference one offer. */
export type SlopedActivationId = keyof typeof everywhere;

export const slopedActivationIds = Object.keys(everywhere) as SlopedActivationId[];
