using System.Text.Json;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.Tests.StateTests;
using Mempulse.Evm.Transactions;

namespace Mempulse.Evm.Tests.BlockchainTests;

/// <summary>Maps the exception names of blockchain tests to the faults that <see cref="Chains.ChainRun"/> reports.</summary>
internal static class ExpectedRefusal
{
    /// <summary>The block must be refused, but the test does not state a reason.</summary>
    public const string Unnamed = "to be refused";

    private const string Bytes = "Transaction.Bytes";
    private const string Rlp = "Rlp";

    private static readonly SortedDictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["BlockException.BLOB_GAS_USED_ABOVE_LIMIT"] = ["Block.BlobGasUsed"],
        ["BlockException.EXTRA_DATA_INVALID_DAO"] = ["Block.ExtraData"],
        ["BlockException.EXTRA_DATA_TOO_BIG"] = ["Block.ExtraData"],
        ["BlockException.GASLIMIT_TOO_BIG"] = ["Block.GasLimit"],
        ["BlockException.GAS_USED_OVERFLOW"] = ["Block.GasUsed", "Transaction.GasAboveBlock"],
        ["BlockException.IMPORT_IMPOSSIBLE_DIFFICULTY_OVER_PARIS"] = ["Block.Difficulty"],
        ["BlockException.IMPORT_IMPOSSIBLE_LEGACY"] = ["Block.Fields"],
        ["BlockException.IMPORT_IMPOSSIBLE_LEGACY_WRONG_PARENT"] = ["Block.Fields"],
        ["BlockException.IMPORT_IMPOSSIBLE_LONDON_OVER_PARIS"] = ["Block.Difficulty", "Block.Ommers", "Block.Fields"],
        ["BlockException.IMPORT_IMPOSSIBLE_LONDON_WRONG_PARENT"] = ["Block.Fields"],
        ["BlockException.IMPORT_IMPOSSIBLE_PARIS_OVER_SHANGHAI"] = ["Block.Fields"],
        ["BlockException.IMPORT_IMPOSSIBLE_PARIS_WRONG_POS"] = ["Block.Difficulty"],
        ["BlockException.IMPORT_IMPOSSIBLE_PARIS_WRONG_POW"] = ["Block.Difficulty"],
        ["BlockException.IMPORT_IMPOSSIBLE_SHANGHAI"] = ["Block.Fields"],
        ["BlockException.IMPORT_IMPOSSIBLE_UNCLES_OVER_PARIS"] = ["Block.Ommers"],
        ["BlockException.INCORRECT_BLOB_GAS_USED"] = ["Block.BlobGasUsed", "Differs.BlobGasUsed"],
        ["BlockException.INCORRECT_BLOCK_FORMAT"] = ["Block.Fields", Rlp],
        ["BlockException.INCORRECT_EXCESS_BLOB_GAS"] = ["Block.ExcessBlobGas"],
        ["BlockException.INVALID_BASEFEE_PER_GAS"] = ["Block.BaseFee"],
        ["BlockException.INVALID_BLOCK_NUMBER"] = ["Block.Number"],
        ["BlockException.INVALID_BLOCK_TIMESTAMP_OLDER_THAN_PARENT"] = ["Block.Timestamp"],
        ["BlockException.INVALID_DEPOSIT_EVENT_LAYOUT"] = ["Execution.MalformedDeposit"],
        ["BlockException.INVALID_GASLIMIT"] = ["Block.GasLimit"],
        ["BlockException.INVALID_GAS_USED"] = ["Differs.GasUsed"],
        ["BlockException.INVALID_GAS_USED_ABOVE_LIMIT"] = ["Block.GasUsed"],
        ["BlockException.INVALID_LOG_BLOOM"] = ["Differs.LogsBloom"],
        ["BlockException.INVALID_RECEIPTS_ROOT"] = ["Differs.ReceiptsRoot"],
        ["BlockException.INVALID_REQUESTS"] = ["Differs.RequestsHash"],
        ["BlockException.INVALID_STATE_ROOT"] = ["Differs.StateRoot"],
        ["BlockException.INVALID_TRANSACTIONS_ROOT"] = ["Block.TransactionsRoot"],
        ["BlockException.INVALID_UNCLES_HASH"] = ["Block.OmmersHash"],
        ["BlockException.INVALID_WITHDRAWALS_ROOT"] = ["Block.WithdrawalsRoot"],
        ["BlockException.RLP_BLOCK_LIMIT_EXCEEDED"] = ["Block.Size"],
        ["BlockException.RLP_INVALID_ADDRESS"] = [Rlp],
        ["BlockException.RLP_INVALID_FIELD_OVERFLOW_64"] = [Rlp],
        ["BlockException.RLP_STRUCTURES_ENCODING"] = [Rlp, Bytes],
        ["BlockException.RLP_WITHDRAWALS_NOT_READ"] = [Rlp, "Block.Fields", "Block.WithdrawalsRoot"],
        ["BlockException.SYSTEM_CONTRACT_CALL_FAILED"] = ["Execution.SystemCallFailed"],
        ["BlockException.SYSTEM_CONTRACT_EMPTY"] = ["Execution.SystemCallFailed"],
        ["BlockException.TOO_MANY_UNCLES"] = ["Block.Ommers"],
        ["BlockException.UNKNOWN_PARENT"] = ["Block.UnknownParent"],
        ["BlockException.UNKNOWN_PARENT_ZERO"] = ["Block.UnknownParent"],
        ["1559BlockImportImpossible_BaseFeeWrong"] = ["Block.BaseFee"],
        ["1559BlockImportImpossible_HeaderIsLegacy"] = ["Block.Fields"],
        ["3675PoSBlockRejected"] = ["Block.Difficulty"],
        ["3675PoWBlockRejected"] = ["Block.Difficulty"],
        ["3675PreParis1559BlockRejected"] = ["Block.Difficulty", "Block.Ommers"],
        ["ExtraDataIncorrectDAO"] = ["Block.ExtraData"],
        ["ExtraDataTooBig"] = ["Block.ExtraData"],
        ["INPUT_UNMARSHAL_ADDRESS_ERROR"] = [Rlp],
        ["INPUT_UNMARSHAL_ERROR"] = [Rlp],
        ["InvalidGasLimit"] = ["Block.GasLimit"],
        ["InvalidGasLimit2"] = ["Block.GasLimit"],
        ["InvalidGasUsed"] = ["Differs.GasUsed"],
        ["InvalidLogBloom"] = ["Differs.LogsBloom"],
        ["InvalidNumber"] = ["Block.Number"],
        ["InvalidReceiptsStateRoot"] = ["Differs.ReceiptsRoot"],
        ["InvalidStateRoot"] = ["Differs.StateRoot"],
        ["InvalidTimestamp"] = ["Block.Timestamp"],
        ["InvalidTimestampOlderParent"] = ["Block.Timestamp"],
        ["InvalidTransactionsRoot"] = ["Block.TransactionsRoot"],
        ["InvalidUnclesHash"] = ["Block.OmmersHash"],
        ["InvalidWithdrawals"] = ["Block.WithdrawalsRoot"],
        ["LegacyBlockImportImpossible"] = ["Block.Fields"],
        ["LegacyBlockImportImpossible2"] = ["Block.Fields"],
        ["ParisBlockImportImpossible"] = ["Block.Fields"],
        ["PostParisDifficultyIsNot0"] = ["Block.Difficulty"],
        ["PostParisUncleHashIsNotEmpty"] = ["Block.Ommers"],
        ["RLP_ExpectedAsList"] = [Rlp, "Block.WithdrawalsRoot"],
        ["ShanghaiBlockImportImpossible"] = ["Block.Fields"],
        ["TooManyUncles"] = ["Block.Ommers"],
        ["TooMuchGasUsed"] = ["Block.GasUsed", "Transaction.GasAboveBlock"],
        ["UncleTooOld"] = ["Execution.InvalidOmmer"],
        ["UnknownParent"] = ["Block.UnknownParent"],
        ["UnknownParent2"] = ["Block.UnknownParent"],
    };

    /// <summary>Rejections that the decoder reports before validation runs.</summary>
    private static readonly SortedDictionary<TxRejection, string[]> WhileDecoding = new()
    {
        [TxRejection.BlobVersion] = [$"{Bytes}.{TxDecodeError.BlobHashVersion}"],
        [TxRejection.NoBlobs] = [$"{Bytes}.{TxDecodeError.NoBlobs}"],
        [TxRejection.BlobCreates] = [$"{Bytes}.{TxDecodeError.MissingRecipient}"],
        [TxRejection.SetCodeCreates] = [$"{Bytes}.{TxDecodeError.MissingRecipient}"],
        [TxRejection.NonceAtEnd] = [$"{Bytes}.{TxDecodeError.NonceTooHigh}"],
        [TxRejection.NoAuthorizations] = [$"{Bytes}.{TxDecodeError.NoAuthorizations}"],
    };

    /// <summary>Returns the expected exception; null for a valid block. Old suites name none: they omit "blockHeader" of an invalid block.</summary>
    public static string? Of(JsonElement entry)
    {
        foreach (var field in entry.EnumerateObject())
        {
            if (field.Name.StartsWith("expectException", StringComparison.Ordinal))
            {
                return field.Value.GetString();
            }
        }

        return entry.TryGetProperty("blockHeader", out _) ? null : Unnamed;
    }

    /// <summary>Returns true if any fault matches any of the '|'-separated exception names.</summary>
    public static bool Matches(string expected, IReadOnlyList<string> faults) =>
        expected == Unnamed ? faults.Count != 0 : expected.Split('|').SelectMany(Faults).Any(known => faults.Any(fault => IsOf(fault.Split(':')[0], known)));

    /// <summary>Faults are dotted paths: a fault matches every prefix of its path.</summary>
    private static bool IsOf(string fault, string known) => fault == known || fault.StartsWith(known + ".", StringComparison.Ordinal);

    private static IEnumerable<string> Faults(string name)
    {
        if (Names.TryGetValue(name, out string[]? faults))
        {
            return faults;
        }

        if (name.StartsWith("TransactionException.RLP_", StringComparison.Ordinal))
        {
            return [Bytes, Rlp];
        }

        return ExpectedRejection.Of(name) switch
        {
            null => [],
            { Count: 0 } => [Bytes],
            var reasons => reasons.Select(reason => $"Transaction.{reason}").Concat(reasons.SelectMany(reason => WhileDecoding.GetValueOrDefault(reason, []))),
        };
    }
}
