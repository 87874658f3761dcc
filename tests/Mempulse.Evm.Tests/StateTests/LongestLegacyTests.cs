namespace Mempulse.Evm.Tests.StateTests;

/// <summary>The legacy test that takes as long as all others together; a class of its own lets it start at once and run in parallel with them.</summary>
public sealed class LongestLegacyTests
{
    /// <summary>Calls BLAKE2F with 2^32 - 1 rounds in each of six forks.</summary>
    [Fact]
    public void Blake2_with_the_maximum_number_of_rounds_passes() => StateTestSuite.RunAll(
        "legacytests-Cancun-GeneralStateTests.tar.zst", IsLongest, expectedFiles: 1, expectedEntries: 6);

    internal static bool IsLongest(string file) => file.EndsWith("/CALLBlake2f_MaxRounds.json", StringComparison.Ordinal);
}
