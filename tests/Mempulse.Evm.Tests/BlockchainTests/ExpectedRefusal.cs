using System.Text.Json;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.Tests.StateTests;
using Mempulse.Evm.Transactions;

namespace Mempulse.Evm.Tests.BlockchainTests;

/// <summary>The names that blockchain tests give to what is wrong with a block, and the faults that <see cref="Chains.ChainRun"/> finds for them.</summary>
internal static class ExpectedRefusal
{
    /// <summary>Something, which is not said.</summary>
    public const string Unnamed = "to be refused";

    private const string Bytes = "Transaction.Bytes";
    private const string Rlp = "Rlp";

    private static readonly SortedDictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["BlockException.INCORRECT_BLOB_GAS_USED"] = ["Block.BlobGasUsed", "Differs.BlobGasUsed"],
        ["BlockException.INCORRECT_BLOCK_FORMAT"] = ["Block.Fields", Rlp],
        ["BlockException.INCORRECT_EXCESS_BLOB_GAS"] = ["Block.ExcessBlobGas"],
        ["BlockException.INVALID_BASEFEE_PER_GAS"] = ["Block.BaseFee"],
        ["BlockException.INVALID_DEPOSIT_EVENT_LAYOUT"] = ["Execution.MalformedDeposit"],
        ["BlockException.INVALID_GASLIMIT"] = ["Block.GasLimit"],
        ["BlockException.INVALID_REQUESTS"] = ["Differs.RequestsHash"],
        ["BlockException.INVALID_WITHDRAWALS_ROOT"] = ["Block.WithdrawalsRoot"],
        ["BlockException.RLP_BLOCK_LIMIT_EXCEEDED"] = ["Block.Size"],
        ["BlockException.RLP_STRUCTURES_ENCODING"] = [Rlp, Bytes],
        ["BlockException.SYSTEM_CONTRACT_CALL_FAILED"] = ["Execution.SystemCallFailed"],
        ["BlockException.SYSTEM_CONTRACT_EMPTY"] = ["Execution.SystemCallFailed"],
        ["1559BlockImportImpossible_BaseFeeWrong"] = ["Block.BaseFee"],
        ["1559BlockImportImpossible_HeaderIsLegacy"] = ["Block.Fields"],
        ["3675PoSBlockRejected"] = ["Block.Difficulty"],
        ["3675PoWBlockRejected"] = ["Block.Difficulty"],
        ["3675PreParis1559BlockRejected"] = ["Block.Difficulty", "Block.Ommers"],
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

    /// <summary>What a transaction can be told to be from its bytes is found before the rules of its execution are asked.</summary>
    private static readonly SortedDictionary<TxRejection, string[]> WhileDecoding = new()
    {
        [TxRejection.BlobVersion] = [$"{Bytes}.{TxDecodeError.BlobHashVersion}"],
        [TxRejection.NoBlobs] = [$"{Bytes}.{TxDecodeError.NoBlobs}"],
        [TxRejection.BlobCreates] = [$"{Bytes}.{TxDecodeError.MissingRecipient}"],
        [TxRejection.SetCodeCreates] = [$"{Bytes}.{TxDecodeError.MissingRecipient}"],
        [TxRejection.NonceAtEnd] = [$"{Bytes}.{TxDecodeError.NonceTooHigh}"],
        [TxRejection.NoAuthorizations] = [$"{Bytes}.{TxDecodeError.NoAuthorizations}"],
    };

    /// <summary>What must be wrong with the block; null when it must be valid. Old suites do not say what: they leave its header out.</summary>
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

    /// <summary>True when one of the faults is one that one of the names stands for.</summary>
    public static bool Matches(string expected, IReadOnlyList<string> faults) =>
        expected == Unnamed ? faults.Count != 0 : expected.Split('|').SelectMany(Faults).Any(known => faults.Any(fault => IsOf(fault.Split(':')[0], known)));

    /// <summary>A fault has parts, each more exact than the one before it.</summary>
    private static bool IsOf(string fault, string known) => fault == known || fault.StartsWith(known + ".", StringComparison.Ordinal);

    private static IEnumerable<string> Faults(string name)
    {
        if (Names.TryGetValue(name, out string[]? faults))
        {
            return faults;
        }

        return ExpectedRejection.Of(name) switch
        {
            null => [],
            { Count: 0 } => [Bytes],
            var reasons => reasons.Select(reason => $"Transaction.{reason}").Concat(reasons.SelectMany(reason => WhileDecoding.GetValueOrDefault(reason, []))),
        };
    }
}
