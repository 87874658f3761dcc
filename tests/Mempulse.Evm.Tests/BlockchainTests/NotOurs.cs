using Mempulse.Evm.Tests.Chains;

namespace Mempulse.Evm.Tests.BlockchainTests;

/// <summary>What blockchain tests ask for that the executor does not do, each with the reason.</summary>
internal static class NotOurs
{
    private const string Work = "the work of blocks before the merge is not checked";
    private const string Uncles = "uncles are paid and not checked: there have been none since the merge";

    /// <summary>Of a block with uncles these are said of one of them.</summary>
    private static readonly SortedSet<string> OfHeaders = new(StringComparer.Ordinal)
    {
        "1559BlockImportImpossible_BaseFeeWrong", "1559BlockImportImpossible_HeaderIsLegacy", "ExtraDataTooBig", "InvalidGasLimit", "InvalidGasLimit2", "InvalidNumber",
        "InvalidTimestamp", "InvalidTimestampOlderParent", "LegacyBlockImportImpossible2", "TooMuchGasUsed", ExpectedRefusal.Unnamed,
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

    /// <summary>Why a test of this network is not judged; null when it is.</summary>
    public static string? OfNetwork(string network) =>
        network.Contains("Dao", StringComparison.Ordinal) ? "the DAO fork is known at one block of mainnet only" : null;

    /// <summary>Why a refusal is not judged; null when it is.</summary>
    public static string? OfRefusal(string expected, RawBlock? block) =>
        Refusals.GetValueOrDefault(expected) ?? (block?.Body.Ommers.Count > 0 && !block.Header.Difficulty.IsZero && OfHeaders.Contains(expected) ? Uncles : null);
}
