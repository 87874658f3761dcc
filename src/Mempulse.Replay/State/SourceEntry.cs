using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;

namespace Mempulse.Replay.State;

/// <summary>A source of sightings and what it has shown.</summary>
internal sealed class SourceEntry(SourceId id) : DigestedEntry, IListed<SourceEntry>
{
    public SourceId Id { get; } = id;

    /// <summary>Its name; empty until it is on record.</summary>
    public string Name { get; set; } = string.Empty;

    public bool IsConnected { get; set; }

    public bool IsSynthetic { get; set; }

    /// <summary>All its sightings.</summary>
    public ulong Sightings { get; set; }

    /// <summary>Transactions that it showed before any other source.</summary>
    public ulong Firsts { get; set; }

    /// <inheritdoc/>
    public SourceEntry? Previous { get; set; }

    /// <inheritdoc/>
    public SourceEntry? Following { get; set; }

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(EntryTag.Source);
        writer.Write(Id.Value);
        writer.Write(Name);
        writer.Write(IsConnected);
        writer.Write(IsSynthetic);
        writer.Write(Sightings);
        writer.Write(Firsts);
        writer.Write(ListOrdinal);
    }

    public static SourceEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag.Source);
        return new SourceEntry(new SourceId(reader.ReadUInt64()))
        {
            Name = reader.ReadString(),
            IsConnected = reader.ReadBoolean(),
            IsSynthetic = reader.ReadBoolean(),
            Sightings = reader.ReadUInt64(),
            Firsts = reader.ReadUInt64(),
            ListOrdinal = reader.ReadUInt64(),
        };
    }
}
