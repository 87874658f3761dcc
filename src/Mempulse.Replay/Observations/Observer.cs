using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.Observations;

/// <summary>A source in a lane, or a lane as a whole: its identity, its connection, and its totals.</summary>
/// <remarks>Times are Unix nanoseconds, 0 for never. Entries of transactions and minutes refer to it by <see cref="Ordinal"/>, which is never reused.</remarks>
internal sealed class Observer(uint ordinal, ObserverKey key) : StateEntry, IKeyed<ObserverKey>, IKeyed<uint>
{
    public override byte Tag => ObservationTags.Observer;

    public uint Ordinal { get; } = ordinal;

    public ObserverKey Key { get; } = key;

    /// <inheritdoc/>
    uint IKeyed<uint>.Key => Ordinal;

    /// <summary>Its name; empty until it is recorded.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Name of the lane; empty until it is recorded.</summary>
    public string LaneName { get; set; } = string.Empty;

    /// <summary>The client it identifies as.</summary>
    public string Client { get; set; } = string.Empty;

    public string Endpoint { get; set; } = string.Empty;

    /// <summary>Keccak-256 of a peer's public key; zero for a source that is not a peer.</summary>
    public Hash256 Peer { get; set; }

    /// <summary>True for a source whose pool can be checked: a node, not a peer.</summary>
    public bool CanLetGo => Peer.IsZero && !Key.IsLane;

    /// <summary>Version of eth spoken with a peer; 0 for a source that is not a peer.</summary>
    public ulong EthVersion { get; set; }

    public bool IsInbound { get; set; }

    public bool IsSynthetic { get; set; }

    public bool IsConnected { get; set; }

    public long FirstConnectedAt { get; set; }

    public long ConnectedAt { get; set; }

    /// <summary>When it was last lost, or first found absent if it never connected. For a lane of peers: since when it has no peer; 0 while it has one.</summary>
    public long LostAt { get; set; }

    public SourceLossReason LossReason { get; set; }

    /// <summary>Why the dials of a configured peer fail since then; Unknown for any other observer.</summary>
    public DialFailureReason DialFailure { get; set; }

    /// <summary>
    /// True if its absence is a gap: a configured source whose loss is on record, a configured peer whose dial failed since it was lost, or a lane of
    /// peers. False for a peer that left, and for a source that this run has not mentioned: it may have been removed from the settings.
    /// </summary>
    public bool IsAwaited { get; set; }

    public long LastShownAt { get; set; }

    /// <summary>When it connected or, if that was later, announced something last.</summary>
    public long QuietSince { get; set; }

    /// <summary>The time that had passed then, by <see cref="ObservationState.Elapsed"/>.</summary>
    public long ElapsedThen { get; set; }

    /// <summary>Sightings by all observers at its last sighting; the difference to now is what others announced during its silence.</summary>
    public ulong AllSightingsThen { get; set; }

    /// <summary>Start and end of its last throttling, and the number of transactions dropped; not in the ledger yet.</summary>
    public long ThrottledFrom { get; set; }

    public long ThrottledTo { get; set; }

    public ulong ThrottledCount { get; set; }

    /// <summary>For a lane: true once it delivered a block.</summary>
    public bool BringsBlocks { get; set; }

    /// <summary>Its sightings.</summary>
    public ulong Sightings { get; set; }

    /// <summary>Transactions that it announced before any other observer of its kind.</summary>
    public ulong Firsts { get; set; }

    /// <summary>True for a source that never connected nor announced anything: only its failures are known.</summary>
    public bool IsUnknown => LostAt != 0 && FirstConnectedAt == 0 && Sightings == 0;

    /// <summary>The minute entry that it adds to now. Stale when that minute is over.</summary>
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
        writer.Write((uint)DialFailure);
        writer.Write(IsAwaited);
        writer.Write(LastShownAt);
        writer.Write(QuietSince);
        writer.Write(ElapsedThen);
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
            DialFailure = (DialFailureReason)reader.ReadUInt32(),
            IsAwaited = reader.ReadBoolean(),
            LastShownAt = reader.ReadInt64(),
            QuietSince = reader.ReadInt64(),
            ElapsedThen = reader.ReadInt64(),
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
