using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Stories;

/// <summary>An empty block that is full to its target, so that the fee of the next one is its own.</summary>
internal static class FeeBlock
{
    public static LogEvent.BlockObserved Of(string name, ulong number, Hash256 parent, ulong baseFee) => new()
    {
        Hash = Named.Block(name),
        Number = new BlockNumber(number),
        ParentHash = parent,
        TimestampSeconds = 1_700_000_000 + (number * 12),
        BaseFeePerGas = new Wei(baseFee),
        GasUsed = new Gas(15_000_000),
        GasLimit = new Gas(30_000_000),
        FeeRecipient = Named.Account("builder"),
        ExcessBlobGas = new Gas(0),
        BlobGasUsed = new Gas(0),
        Transactions = [],
        AuthorityNonces = [],
    };
}
