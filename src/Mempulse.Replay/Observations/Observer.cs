using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.Observations;

/// <summary>A source in a lane, or a lane as a whole: what it is, whether it can be heard, and what it has shown in all.</summary>
/// <remarks>Times are Unix nanoseconds, 0 for never. Entries of transactions and minutes refer to it by <see cref="Ordinal"/>, which is never used again.</remarks>
internal sealed class Observer(uint ordinal, ObserverKey key) : StateEntry, IKeyed<ObserverKey>, IKeyed<uint>
{
    public override byte Tag => ObservationTags.Observer;

    public uint Ordinal { get; } = ordinal;

    public ObserverKey Key { get; } = key;

    /// <inheritdoc/>
    uint IKeyed<uint>.Key => Ordinal;

    /// <summary>Its name; empty until it is on record.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Name of the lane; empty until it is on record.</summary>
    public string LaneName { get; set; } = string.Empty;

    /// <summary>What it says it is.</summary>
    public string Client { get; set; } = string.Empty;

    public string Endpoint { get; set; } = string.Empty;

    /// <summary>Keccak-256 of a peer's public key; zero for what is no peer.</summary>
    public Hash256 Peer { get; set; }

    /// <summary>Version of eth spoken with a peer; 0 for what is no peer.</summary>
    public ulong EthVersion { get; set; }

    public bool IsInbound { get; set; }

    public bool IsSynthetic { get; set; }

    public bool IsConnected { get; set; }

    public long FirstConnectedAt { get; set; }

    public long ConnectedAt { get; set; }

    public long LostAt { get; set; }

    public SourceLossReason LossReason { get; set; }

    public long LastShownAt { get; set; }

    /// <summary>Sightings by anybody up to its last one: what others showed since is how much it kept silent about.</summary>
    public ulong AllSightingsThen { get; set; }

    /// <summary>From when to when it was throttled last, and how many transactions that cost; not yet in the ledger.</summary>
    public long ThrottledFrom { get; set; }

    public long ThrottledTo { get; set; }

    public ulong ThrottledCount { get; set; }

    /// <summary>Of a lane: it has brought blocks.</summary>
    public bool BringsBlocks { get; set; }

    /// <summary>All its sightings.</summary>
    public ulong Sightings { get; set; }

    /// <summary>Transactions that it announced before any other of its kind.</summary>
    public ulong Firsts { get; set; }

    /// <summary>The minute's figures that it adds to now. Of no meaning where their minute is over.</summary>
    public ObserverMinute? Figures { get; set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Ordinal);
        writer.Write(Key.Source.Value);
        writer.Write(Key.Lane.Value);
        writer.Write(Name);
        writer.Write(LaneName);
        writer.Write(Client);
        writer.Write(Endpoint);
        writer.Write(Peer);
        writer.Write(EthVersion);
        writer.Write(IsInbound);
        writer.Write(IsSynthetic);
        writer.Write(IsConnected);
        writer.Write(FirstConnectedAt);
        writer.Write(ConnectedAt);
        writer.Write(LostAt);
        writer.Write((uint)LossReason);
        writer.Write(LastShownAt);
        writer.Write(AllSightingsThen);
        writer.Write(ThrottledFrom);
        writer.Write(ThrottledTo);
        writer.Write(ThrottledCount);
        writer.Write(BringsBlocks);
        writer.Write(Sightings);
        writer.Write(Firsts);
    }

    public static Observer Decode(ref EntryReader reader)
    {
        reader.Expect(ObservationTags.Observer);
        return new Observer(reader.ReadUInt32(), new ObserverKey(new SourceId(reader.ReadUInt64()), new LaneId(reader.ReadUInt32())))
        {
            Name = reader.ReadString(),
            LaneName = reader.ReadString(),
            Client = reader.ReadString(),
            Endpoint = reader.ReadString(),
            Peer = reader.ReadHash(),
            EthVersion = reader.ReadUInt64(),
            IsInbound = reader.ReadBoolean(),
            IsSynthetic = reader.ReadBoolean(),
            IsConnected = reader.ReadBoolean(),
            FirstConnectedAt = reader.ReadInt64(),
            ConnectedAt = reader.ReadInt64(),
            LostAt = reader.ReadInt64(),
            LossReason = (SourceLossReason)reader.ReadUInt32(),
            LastShownAt = reader.ReadInt64(),
            AllSightingsThen = reader.ReadUInt64(),
            ThrottledFrom = reader.ReadInt64(),
            ThrottledTo = reader.ReadInt64(),
            ThrottledCount = reader.ReadUInt64(),
            BringsBlocks = reader.ReadBoolean(),
            Sightings = reader.ReadUInt64(),
            Firsts = reader.ReadUInt64(),
        };
    }
}
