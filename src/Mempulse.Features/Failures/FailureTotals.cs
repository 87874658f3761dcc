using Mempulse.Replay.Entries;

namespace Mempulse.Features.Failures;

/// <summary>What belongs to no account; a single entry, there from the first call on that is counted.</summary>
internal sealed class FailureTotals(ArrivalList<AccountCalls> accounts) : StateEntry
{
    public const byte EntryTag = 0x3a;

    public override byte Tag => EntryTag;

    /// <inheritdoc cref="IFailureView.Forgotten"/>
    public ulong Forgotten { get; set; }

    /// <summary>The ordinal that the list of accounts continues from.</summary>
    public ulong LastAccount { get; private set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Forgotten);
        writer.Write(accounts.LastOrdinal);
    }

    /// <summary>Reads what <see cref="Encode"/> wrote into this entry.</summary>
    public void Read(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        Forgotten = reader.ReadUInt64();
        LastAccount = reader.ReadUInt64();
    }
}
