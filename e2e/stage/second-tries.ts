import type { Reporter, TestCase } from 'vitest/node';

/** Names each journey that passed only at its second try: it is not steady, and that is a defect. */
export class SecondTries implements Reporter {
  private readonly unsteady: string[] = [];

  onTestCaseResult(test: TestCase): void {
    const { state } = test.result();
    if (state === 'passed' && (test.diagnostic()?.retryCount ?? 0) > 0)
      this.unsteady.push(`${test.module.relativeModuleId} > ${test.fullName}`);
  }

  onTestRunEnd(): void {
    for (const name of this.unsteady) console.log(`UNSTEADY, passed only at the second try: ${name}`);
  }
}
