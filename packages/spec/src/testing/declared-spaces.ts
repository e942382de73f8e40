import { expect } from 'vitest';

/** Checks what environments and policies both declare: agents, observation size, action counts. */
export function assertDeclaredSpaces(declared: {
  readonly agents: readonly string[];
  readonly observationSize: number;
  readonly actionCounts: Readonly<Record<string, number>>;
}): void {
  const { agents, observationSize, actionCounts } = declared;
  expect(agents.length, 'there is at least one agent').toBeGreaterThan(0);
  expect(new Set(agents).size, 'names of agents are distinct').toBe(agents.length);
  assertCount('observationSize', observationSize, 1);
  expect(Object.keys(actionCounts).sort(), 'actionCounts has one entry an agent').toEqual([...agents].sort());
  for (const agent of agents) assertCount(`actionCounts.${agent}`, actionCounts[agent]!, 1);
}

/** Checks that a declared number is an integer of at least `minimum`. */
export function assertCount(name: string, value: number, minimum: number): void {
  expect(Number.isInteger(value) && value >= minimum, `${name} is an integer >= ${minimum}, received ${value}`).toBe(
    true,
  );
}

/** Checks class and length of an array. */
export function assertShape(
  name: string,
  value: unknown,
  kind: Float32ArrayConstructor | Int32ArrayConstructor | Uint8ArrayConstructor,
  length: number,
): void {
  expect(value, `${name} is a ${kind.name}`).toBeInstanceOf(kind);
  expect((value as Float32Array).length, `length of ${name}`).toBe(length);
}

/** Checks that every value is finite. */
export function assertFinite(name: string, values: Float32Array): void {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  expect(bad, `${name}[${bad}] is finite, received ${values[bad]}`).toBe(-1);
}
