namespace Mempulse.Evm.Tests.StateTests;

public sealed class EthereumTests
{
    [Fact]
    public void Ethereum_tests_pass() => StateTestSuite.RunAll("ethereum-tests-GeneralStateTests.tar.zst", expectedFiles: 2704, expectedEntries: 21442);
}
