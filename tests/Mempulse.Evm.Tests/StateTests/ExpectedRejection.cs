using Mempulse.Evm.Transactions;

namespace Mempulse.Evm.Tests.StateTests;

/// <summary>Maps the transaction exception names of the suites to rejections.</summary>
internal static class ExpectedRejection
{
    private static readonly Dictionary<string, TxRejection[]> Names = new(StringComparer.Ordinal)
    {
        ["INSUFFICIENT_ACCOUNT_FUNDS"] = [TxRejection.InsufficientFunds],
        ["INTRINSIC_GAS_TOO_LOW"] = [TxRejection.IntrinsicGasTooLow],
        ["INTRINSIC_GAS_BELOW_FLOOR_GAS_COST"] = [TxRejection.GasBelowFloor],
        ["SENDER_NOT_EOA"] = [TxRejection.SenderIsContract],
        ["TYPE_3_TX_INVALID_BLOB_VERSIONED_HASH"] = [TxRejection.BlobVersion],
        ["INSUFFICIENT_MAX_FEE_PER_GAS"] = [TxRejection.FeeCapBelowBaseFee],
        ["INITCODE_SIZE_EXCEEDED"] = [TxRejection.InitcodeTooLarge],
        ["GAS_LIMIT_EXCEEDS_MAXIMUM"] = [TxRejection.GasAboveCap],
        ["TYPE_1_TX_PRE_FORK"] = [TxRejection.TypeNotSupported],
        ["TYPE_2_TX_PRE_FORK"] = [TxRejection.TypeNotSupported],
        ["TYPE_3_TX_PRE_FORK"] = [TxRejection.TypeNotSupported],
        ["TYPE_4_TX_PRE_FORK"] = [TxRejection.TypeNotSupported],
        ["TYPE_3_TX_ZERO_BLOBS"] = [TxRejection.NoBlobs],
        ["NONCE_IS_MAX"] = [TxRejection.NonceAtEnd],
        ["INSUFFICIENT_MAX_FEE_PER_BLOB_GAS"] = [TxRejection.BlobFeeCapTooLow],
        ["PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS"] = [TxRejection.TipAboveFeeCap],
        ["GAS_ALLOWANCE_EXCEEDED"] = [TxRejection.GasAboveBlock],
        ["GASLIMIT_PRICE_PRODUCT_OVERFLOW"] = [TxRejection.CostOverflow],
        ["TYPE_3_TX_CONTRACT_CREATION"] = [TxRejection.BlobCreates],
        ["TYPE_3_TX_MAX_BLOB_GAS_ALLOWANCE_EXCEEDED"] = [TxRejection.TooManyBlobs],
        ["TYPE_3_TX_BLOB_COUNT_EXCEEDED"] = [TxRejection.TooManyBlobs],
        ["TYPE_4_TX_CONTRACT_CREATION"] = [TxRejection.SetCodeCreates],
        ["TYPE_4_EMPTY_AUTHORIZATION_LIST"] = [TxRejection.NoAuthorizations],
        ["NONCE_MISMATCH_TOO_LOW"] = [TxRejection.NonceTooLow],
        ["NONCE_MISMATCH_TOO_HIGH"] = [TxRejection.NonceTooHigh],
        ["PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS_2"] = [TxRejection.TipAboveFeeCap],
        ["TYPE_NOT_SUPPORTED"] = [TxRejection.TypeNotSupported],
        ["TYPE_3_TX_ZERO_BLOBS_PRE_FORK"] = [TxRejection.TypeNotSupported, TxRejection.NoBlobs],
        ["INVALID_CHAINID"] = [TxRejection.WrongChain],
        ["NONCE_TOO_BIG"] = [TxRejection.NonceAtEnd],
        ["ADDRESS_TOO_LONG"] = [],
        ["ADDRESS_TOO_SHORT"] = [],
        ["EC_RECOVERY_FAIL"] = [],
        ["GASLIMIT_OVERFLOW"] = [],
        ["GASPRICE_OVERFLOW"] = [],
        ["INVALID_SIGNATURE_VRS"] = [],
        ["NONCE_OVERFLOW"] = [],
        ["PRIORITY_OVERFLOW"] = [],
        ["RLP_INVALID_VALUE"] = [],
        ["TYPE_3_TX_WITH_FULL_BLOBS"] = [],
        ["TYPE_4_INVALID_AUTHORITY_SIGNATURE"] = [],
        ["TYPE_4_INVALID_AUTHORITY_SIGNATURE_S_TOO_HIGH"] = [],
        ["TYPE_4_INVALID_AUTHORIZATION_FORMAT"] = [],
        ["VALUE_OVERFLOW"] = [],
        ["TR_TypeNotSupported"] = [TxRejection.TypeNotSupported],
        ["TR_NoFunds"] = [TxRejection.InsufficientFunds],
        ["TR_NoFundsX"] = [TxRejection.InsufficientFunds, TxRejection.CostOverflow],
        ["TR_NoFundsOrGas"] = [TxRejection.InsufficientFunds, TxRejection.IntrinsicGasTooLow],
        ["TR_NonceTooLow"] = [TxRejection.NonceTooLow],
        ["TR_NonceTooHigh"] = [TxRejection.NonceTooHigh],
        // These transactions lack intrinsic gas as well.
        ["TR_FeeCapLessThanBlocksORNoFunds"] = [TxRejection.FeeCapBelowBaseFee, TxRejection.InsufficientFunds, TxRejection.IntrinsicGasTooLow],
        ["TR_FeeCapLessThanBlocksORGasLimitReached"] = [TxRejection.FeeCapBelowBaseFee, TxRejection.GasAboveBlock],
        ["SenderNotEOAorNoCASH"] = [TxRejection.SenderIsContract, TxRejection.InsufficientFunds],
        ["SenderNotEOA"] = [TxRejection.SenderIsContract],
        ["IntrinsicGas"] = [TxRejection.IntrinsicGasTooLow],
        ["TR_IntrinsicGas"] = [TxRejection.IntrinsicGasTooLow],
        ["TR_RLP_WRONGVALUE"] = [],
        ["TR_FeeCapLessThanBlocks"] = [TxRejection.FeeCapBelowBaseFee],
        ["TR_NonceHasMaxValue"] = [TxRejection.NonceAtEnd],
        ["TR_GasLimitReached"] = [TxRejection.GasAboveBlock],
        ["TR_TipGtFeeCap"] = [TxRejection.TipAboveFeeCap],
        ["TR_InitCodeLimitExceeded"] = [TxRejection.InitcodeTooLarge],
        ["TR_BLOBCREATE"] = [TxRejection.BlobCreates],
        ["TR_BLOBVERSION_INVALID"] = [TxRejection.BlobVersion],
        ["TR_EMPTYBLOB"] = [TxRejection.NoBlobs],
        ["TR_BLOBLIST_OVERSIZE"] = [TxRejection.TooManyBlobs],
    };

    /// <summary>Returns the rejections of an exception name, empty if the transaction cannot be encoded; null if the name is unknown.</summary>
    public static IReadOnlyList<TxRejection>? Of(string name) => Names.GetValueOrDefault(Bare(name));

    /// <summary>Returns true if any '|'-separated name covers <paramref name="reason"/>; null means that the transaction cannot be encoded.</summary>
    public static bool Matches(string expected, TxRejection? reason)
    {
        return expected.Split('|').Select(Bare).Any(name =>
            Names.TryGetValue(name, out var reasons) && (reason is { } known ? reasons.Contains(known) : reasons.Length == 0));
    }

    private static string Bare(string name) => name.Replace("TransactionException.", "", StringComparison.Ordinal);
}
