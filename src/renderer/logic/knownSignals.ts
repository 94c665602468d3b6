/** Names of kinematics by which the reach task finds them, see core/tasks/reachMovements.ts. */
export const knownSignals = ['handX', 'handY', 'handVx', 'handVy', 'shoulderAngle', 'elbowAngle'] as const;
