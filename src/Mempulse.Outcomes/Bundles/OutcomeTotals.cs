using Mempulse.Replay.Entries;

namespace Mempulse.Outcomes.Bundles;

/// <summary>What belongs to no bundle; a single entry, there from the first event about a bundle on.</summary>
internal sealed class OutcomeTotals : StateEntry
{
    public const byte EntryTag = 0x56;

    public override byte Tag => EntryTag;

    /// <inheritdoc cref="BundleCounts.Forgotten"/>
    public ulong Forgotten { get; set; }

    /// <inheritdoc cref="BundleCounts.RequestsUncounted"/>
    public ulong RequestsUncounted { get; set; }

    /// <inheritdoc cref="BundleCounts.Unknown"/>
    public ulong Unknown { get; set; }

    /// <summary>The ordinal that the list of bundles continues from.</summary>
    public ulong LastOrdinal { get; set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Forgotten);
        writer.Write(RequestsUncounted);
        writer.Write(Unknown);
        writer.Write(LastOrdinal);
    }

    public void Read(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        Forgotten = reader.ReadUInt64();
        RequestsUncounted = reader.ReadUInt64();
        Unknown = reader.ReadUInt64();
        LastOrdinal = reader.ReadUInt64();
    }
}
