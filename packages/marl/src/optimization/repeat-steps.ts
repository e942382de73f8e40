import * as tf from '@tensorflow/tfjs';
import type { StepReport } from './parameter-group.ts';

/** Takes at least one step, frees what each allocated, and reports means over them. */
export function repeatSteps(count: number, takeStep: () => StepReport): StepReport {
  const reports = Array.from({ length: count }, () => {
    let report: StepReport | undefined;
    tf.tidy(() => {
      report = takeStep();
    });
    return report!;
  });
  const mean = (select: (report: StepReport) => number): number =>
    reports.reduce((sum, report) => sum + select(report), 0) / count;
  return {
    parts: Object.fromEntries(Object.keys(reports[0]!.parts).map((name) => [name, mean(({ parts }) => parts[name]!)])),
    norm: mean(({ norm }) => norm),
    learningRate: mean(({ learningRate }) => learningRate),
  };
}
