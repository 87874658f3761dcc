using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Forks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Requests;

namespace Mempulse.Cli.Captures.Making;

/// <summary>The block before a real one of which only hash and height are known.</summary>
internal static class StandInHead
{
    /// <summary>The head on which the transactions of <paramref name="block"/> wait.</summary>
    /// <remarks>
    /// Hash and height are real. Time, fees and gas are chosen so that what follows from them for the next block is what the real one has: its time, its base
    /// fee, its blob base fee. Header and transactions are marked as not verified.
    /// </remarks>
    public static LogEvent.BlockObserved Before(LogEvent.BlockObserved block)
    {
        var rules = ForkHistory.Of(MainnetForks.At(block.Number.Value, block.TimestampSeconds));
        return new LogEvent.BlockObserved
        {
            Hash = block.ParentHash,
            Number = new BlockNumber(block.Number.Value - 1),
            ParentHash = default,
            TimestampSeconds = block.TimestampSeconds - SimBlock.SlotSeconds,
            BaseFeePerGas = block.BaseFeePerGas,
            GasUsed = new Gas(block.GasLimit.Value / 2), // the target of EIP-1559, at which the base fee stays
            GasLimit = block.GasLimit,
            FeeRecipient = default,
            ExcessBlobGas = block.ExcessBlobGas.Value == 0 ? default : new Gas(block.ExcessBlobGas.Value + ((ulong)rules.Blobs.Target * BlobFee.GasPerBlob)),
            BlobGasUsed = default,
            Transactions = [],
            AuthorityNonces = [],
            Unverified = UnverifiedParts.Header | UnverifiedParts.Transactions,
        };
    }
}
