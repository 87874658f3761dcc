using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>Well-formed transactions of chain 1 with a signature that only <see cref="FixedRecovery"/> accepts.</summary>
internal static class SampleBody
{
    /// <summary>Another transaction for each number.</summary>
    public static byte[] Of(int number, int inputBytes = 0) => TransactionEncoder.Encode(new SignedTransaction
    {
        Type = TxType.DynamicFee,
        ChainId = new ChainId(1),
        Nonce = new Nonce((ulong)number),
        GasLimit = new Gas(21_000),
        Recipient = null,
        Value = default,
        MaxFeePerGas = default,
        Input = new byte[inputBytes],
        Signature = new EcdsaSignature(1, 1, YParity: 0),
    });

    public static Hash256 HashOf(byte[] body) => Keccak256.Hash(body);
}
