using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;

namespace Mempulse.Outcomes.Bundles;

/// <summary>Where the canonical chain used the nonce of a bundle's transaction, and what its receipt says if it is that transaction itself.</summary>
internal sealed record TxPlace
{
    /// <summary>The transaction that used the nonce.</summary>
    public required Hash256 UsedBy { get; init; }

    /// <summary>The block.</summary>
    public required Hash256 Block { get; init; }

    /// <summary>Its height.</summary>
    public required BlockNumber Number { get; init; }

    /// <summary>The place of that transaction in the block.</summary>
    public required int Index { get; init; }

    /// <summary>The record of the block.</summary>
    public required GlobalSeq SeenIn { get; init; }

    /// <summary>Whether the block's hash covers what is said here.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>Whether it succeeded.</summary>
    public ExecutionOutcome Outcome { get; init; }

    /// <summary>Whether the receiptsRoot confirms that.</summary>
    public bool IsOutcomeVerified { get; init; }

    /// <summary>The record of the receipt; none before it is known.</summary>
    public GlobalSeq ReceiptIn { get; init; }

    /// <summary>What its logs moved to and from the account whose profit counts; null while not all of its logs are known.</summary>
    public TokenGain? Gain { get; init; }

    /// <summary>The same for the part of its logs that is known, of a receipt that goes on in the next record.</summary>
    public TokenGain? PartGain { get; init; }

    public void Write(EntryWriter writer)
    {
        writer.Write(UsedBy);
        writer.Write(Block);
        writer.Write(Number.Value);
        writer.WriteCount(Index);
        writer.Write(SeenIn.Value);
        writer.Write(IsVerified);
        writer.Write((byte)Outcome);
        writer.Write(IsOutcomeVerified);
        writer.Write(ReceiptIn.Value);
        TokenGain.Write(writer, Gain);
        TokenGain.Write(writer, PartGain);
    }

    public static TxPlace Read(ref EntryReader reader) => new()
    {
        UsedBy = reader.ReadHash(),
        Block = reader.ReadHash(),
        Number = new BlockNumber(reader.ReadUInt64()),
        Index = reader.ReadInt32(),
        SeenIn = new GlobalSeq(reader.ReadUInt64()),
        IsVerified = reader.ReadBoolean(),
        Outcome = reader.ReadEnum(ExecutionOutcome.Reverted),
        IsOutcomeVerified = reader.ReadBoolean(),
        ReceiptIn = new GlobalSeq(reader.ReadUInt64()),
        Gain = TokenGain.Read(ref reader),
        PartGain = TokenGain.Read(ref reader),
    };
}
