using Mempulse.Evm.Tests.Chains;

namespace Mempulse.Evm.Tests.BlockchainTests;

/// <summary>Blockchain tests and invalid blocks that the executor does not support, with the reasons.</summary>
internal static class UnsupportedTests
{
    private const string Work = "proof of work is not verified";
    private const string Uncles = "uncle headers are rewarded but not validated: blocks have had none since the merge";

    /// <summary>In a block with uncles, these exceptions apply to an uncle.</summary>
    private static readonly SortedSet<string> UncleExceptions = new(StringComparer.Ordinal)
    {
        "1559BlockImportImpossible_BaseFeeWrong", "1559BlockImportImpossible_HeaderIsLegacy", "ExtraDataTooBig", "InvalidGasLimit", "InvalidGasLimit2",
        "InvalidNumber", "InvalidTimestamp", "InvalidTimestampOlderParent", "LegacyBlockImportImpossible2", "TooMuchGasUsed", ExpectedRefusal.Unnamed,
    };

    private static readonly SortedDictionary<string, string> Refusals = new(StringComparer.Ordinal)
    {
        ["InvalidBlockNonce"] = Work,
        ["InvalidDifficulty"] = Work,
        ["InvalidDifficulty2"] = Work,
        ["InvalidDifficulty_TooLarge"] = Work,
        ["UncleIsAncestor"] = Uncles,
        ["UncleIsBrother"] = Uncles,
        ["UncleInChain"] = Uncles,
        ["UncleParentIsNotAncestor"] = Uncles,
        ["InvalidUncleParentHash"] = Uncles,
    };

    /// <summary>Returns why tests of this network are skipped; null if they are supported.</summary>
    public static string? ReasonForNetwork(string network) =>
        network.Contains("Dao", StringComparison.Ordinal) ? "the DAO fork is implemented at its mainnet height only" : null;

    /// <summary>Returns why an expected refusal is skipped; null if it is supported.</summary>
    public static string? ReasonForRefusal(string expected, RawBlock? block)
    {
        bool hasUncles = block?.Body.Ommers.Count > 0 && !block.Header.Difficulty.IsZero;
        return Refusals.GetValueOrDefault(expected) ?? (hasUncles && UncleExceptions.Contains(expected) ? Uncles : null);
    }
}
