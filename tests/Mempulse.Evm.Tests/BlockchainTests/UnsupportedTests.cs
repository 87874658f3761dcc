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
        "1559BlockImportImpossible_BaseFeeWrong", "1559BlockImportImpossible_HeaderIsLegacy", "ExtraDataIncorrectDAO", "ExtraDataTooBig", "InvalidGasLimit", "InvalidGasLimit2",
        "InvalidNumber", "InvalidTimestamp", "InvalidTimestampOlderParent", "LegacyBlockImportImpossible2", "TooMuchGasUsed", ExpectedRefusal.Unnamed,
        "EXTRA_DATA_INVALID_DAO", "EXTRA_DATA_TOO_BIG", "GAS_USED_OVERFLOW", "GASLIMIT_TOO_BIG", "IMPORT_IMPOSSIBLE_LEGACY", "INVALID_BASEFEE_PER_GAS", "INVALID_BLOCK_NUMBER",
        "INVALID_BLOCK_TIMESTAMP_OLDER_THAN_PARENT", "INVALID_GAS_USED_ABOVE_LIMIT", "INVALID_GASLIMIT",
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
        ["INVALID_DIFFICULTY"] = Work,
        ["UNCLE_IN_CHAIN"] = Uncles,
        ["UNCLE_IS_ANCESTOR"] = Uncles,
        ["UNCLE_IS_BROTHER"] = Uncles,
        ["UNCLE_PARENT_INCORRECT"] = Uncles,
        ["UNCLE_UNKNOWN_PARENT"] = Uncles,
    };

    /// <summary>Returns why an expected refusal is skipped; null if it is supported.</summary>
    public static string? ReasonForRefusal(string expected, RawBlock? block)
    {
        bool hasUncles = block?.Body.Ommers.Count > 0 && !block.Header.Difficulty.IsZero;
        string[] names = [.. expected.Split('|').Select(name => name.Replace("BlockException.", "", StringComparison.Ordinal))];
        return names.Select(name => Refusals.GetValueOrDefault(name)).FirstOrDefault(reason => reason is not null)
            ?? (hasUncles && names.Any(UncleExceptions.Contains) ? Uncles : null);
    }
}
