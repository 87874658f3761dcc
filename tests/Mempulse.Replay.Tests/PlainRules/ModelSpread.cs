using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;

namespace Mempulse.Replay.Tests.PlainRules;

/// <summary>How one transaction spread: the first announcement of each source and of each lane, before a block included it.</summary>
internal sealed class ModelSpread(long firstAt)
{
    private bool _hasFirst;

    public long FirstAt { get; } = firstAt;

    public int Sightings { get; set; }

    public long? IncludedAt { get; set; }

    public List<(string Who, long At)> Sources { get; } = [];

    public List<(string Who, long At)> Lanes { get; } = [];

    /// <summary>For each of the two lists, whose figures the lead counts for.</summary>
    public Dictionary<List<(string Who, long At)>, string> FirstShares { get; } = [];

    /// <summary>Microseconds since it first appeared, up to 71 minutes.</summary>
    public ulong After(long at) => (ulong)Math.Min((at - FirstAt) / 1_000, uint.MaxValue);

    /// <summary>True once: for the first announcement of all.</summary>
    public bool TakeFirst()
    {
        bool isFirst = !_hasFirst;
        _hasFirst = true;
        return isFirst;
    }

    /// <summary>Everyone who announced it, by the name of the figures. A source is in one lane only.</summary>
    public IEnumerable<(string Share, long At)> Shares() =>
        Sources.Select(static arrival => (ModelMinute.OfSource(arrival.Who, ObservationHistory.LaneOf(arrival.Who)), arrival.At))
            .Concat(Lanes.Select(static arrival => (ModelMinute.OfLane(arrival.Who), arrival.At)));
}

/// <summary>The figures of one minute.</summary>
internal sealed class ModelMinute
{
    public int Sightings { get; set; }

    public int Shown { get; set; }

    public int Included { get; set; }

    public int Unseen { get; set; }

    public List<ulong> Latency { get; } = [];

    public List<ulong> Heat { get; } = [];

    public Dictionary<string, ModelFigures> Shares { get; } = [];

    public static string OfSource(string source, string lane) => $"{source} in {lane}";

    public static string OfLane(string lane) => $"all of {lane}";

    public ModelFigures Of(string share)
    {
        if (!Shares.TryGetValue(share, out var figures))
        {
            Shares[share] = figures = new ModelFigures();
        }

        return figures;
    }
}

/// <summary>The figures of one source, or of one lane as a whole.</summary>
internal sealed class ModelFigures
{
    public int Sightings { get; set; }

    public int Shown { get; set; }

    public int Firsts { get; set; }

    public int Late { get; set; }

    public int Covered { get; set; }

    public int Coverable { get; set; }

    public List<ulong> Lead { get; } = [];

    public List<ulong> Delay { get; } = [];

    public List<ulong> Ahead { get; } = [];
}

/// <summary>A gap; without an end while it is open.</summary>
internal sealed record ModelGap(GapKind Kind, string Source, string Name, long From, long? To, long Count, SourceLossReason Reason);

/// <summary>A source in a lane.</summary>
internal sealed class ModelObserver(string source, string lane)
{
    public string Source { get; } = source;

    public string Lane { get; } = lane;

    public string Name { get; set; } = string.Empty;

    public bool IsPeer { get; set; }

    public bool IsConnected { get; set; }

    public bool IsAwaited { get; set; }

    public long? FirstConnectedAt { get; private set; }

    public long? ConnectedAt { get; private set; }

    public long? LostAt { get; set; }

    public SourceLossReason LossReason { get; set; }

    public long? LastShownAt { get; private set; }

    public long QuietSince { get; private set; }

    public long ElapsedThen { get; private set; }

    public long AllThen { get; private set; }

    public long Sightings { get; set; }

    public long Firsts { get; set; }

    public long DroppedFrom { get; set; }

    public long DroppedTo { get; set; }

    public long Dropped { get; set; }

    public ModelGap Gap(GapKind kind, long from, long? to, long count, SourceLossReason reason = SourceLossReason.Unknown) => new(kind, Source, Name, from, to, count, reason);

    public void Speaks(long at, long allSightings, long elapsed) => (LastShownAt, QuietSince, ElapsedThen, AllThen) = (at, at, elapsed, allSightings);

    public void Connects(long at, long allSightings, long elapsed)
    {
        (IsConnected, IsAwaited, ConnectedAt, FirstConnectedAt) = (true, false, at, FirstConnectedAt ?? at);
        (QuietSince, ElapsedThen, AllThen) = (at, elapsed, allSightings);
    }
}
