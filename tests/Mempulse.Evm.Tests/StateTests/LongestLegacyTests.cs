namespace Mempulse.Evm.Tests.StateTests;

/// <summary>The one test of the legacy suite that takes as long as all others: a class of its own begins at once, and not when a core is alone with it.</summary>
public sealed class LongestLegacyTests
{
    /// <summary>A call of BLAKE2 F with 2^32 - 1 rounds, in each of six forks.</summary>
    [Fact]
    public void Blake2_with_the_most_rounds_there_are_passes() => StateTestSuite.RunAll(
        "legacytests-Cancun-GeneralStateTests.tar.zst", IsLongest, expectedFiles: 1, expectedEntries: 6);

    internal static bool IsLongest(string file) => file.EndsWith("/CALLBlake2f_MaxRounds.json", StringComparison.Ordinal);
}
