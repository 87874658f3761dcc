namespace Mempulse.Evm.Tests.StateTests;

public sealed class LegacyTests
{
    [Fact]
    public void Legacy_tests_pass() => StateTestSuite.RunAll(
        "legacytests-Cancun-GeneralStateTests.tar.zst", file => !LongestLegacyTests.IsLongest(file), expectedFiles: 2801, expectedEntries: 101_155);
}
