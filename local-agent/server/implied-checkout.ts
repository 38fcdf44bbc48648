import type { PipelineStep } from './pipeline.ts';

/** `checkout: self` comes first unless the job says otherwise; `checkout: none` is no step. */
export function withCheckout(steps: readonly PipelineStep[]): PipelineStep[] {
  const value = (step: PipelineStep): string | undefined => step.inputs.get('repository')?.value;
  const kept = steps.filter((step) => value(step) !== 'none');
  if (steps.some(({ task }) => task.value === 'checkout')) return kept;
  return [IMPLIED_CHECKOUT, ...kept];
}

const IMPLIED_CHECKOUT: PipelineStep = {
  at: { line: 1, column: 1 },
  task: { value: 'checkout', at: { line: 1, column: 1 } },
  inputs: new Map(),
  name: null,
  displayName: null,
  condition: null,
  continueOnError: false,
  enabled: true,
  environment: [],
  timeoutInMinutes: 0,
  retryCountOnTaskFailure: 0,
};
