namespace Mempulse.Evm.Tests.StateTests;

public sealed class ExecutionSpecTests
{
    [Fact]
    public void Execution_spec_tests_pass() => StateTestSuite.RunAll("eest-v5.4.0-state_tests.tar.zst", expectedFiles: 2690, expectedEntries: 34138);
}
