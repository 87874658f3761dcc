using Mempulse.Primitives;
using Mempulse.Replay.Lookups;
using Mempulse.Replay.Observations;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Audits;

/// <summary>Who was watching when a slot began, and which of them had a transaction.</summary>
/// <remarks>
/// A node counts as one source. The peers of a lane count as one source together, which has a transaction once half of those that were connected for the
/// whole window announced it: peers come and go, and none of them owes us an announcement.
/// </remarks>
internal sealed class SourceWatch
{
    private const int MaxGaps = 16;

    private readonly LookupTable<uint, Place> _places = new();
    private readonly List<AuditSource> _sources = [];
    private readonly List<ObservationGap> _gaps;
    private readonly long _from;
    private readonly long _slot;
    private readonly bool _isComplete;
    private readonly bool _isCompleteAfter;
    private readonly int[] _peersHeard;
    private readonly int[] _peersHad;

    /// <summary>Looks at the sources as a block arrives.</summary>
    /// <param name="state">The observations.</param>
    /// <param name="gaps">Answers with the gaps in a time range.</param>
    /// <param name="slot">When its slot began, in Unix nanoseconds.</param>
    /// <param name="window">How long before that a source must have watched.</param>
    /// <param name="arrivedAt">When it arrived.</param>
    public SourceWatch(ObservationState state, IObservationView gaps, long slot, long window, long arrivedAt)
    {
        (_slot, _from) = (slot, slot - window);
        var report = gaps.Gaps(new UnixNanoseconds(_from), new UnixNanoseconds(arrivedAt));
        _gaps = [.. report.Gaps];
        _isComplete = report.CompleteSince.Value <= _from && !_gaps.Exists(gap => IsOfAll(gap) && Overlaps(gap, _from, slot));
        _isCompleteAfter = !_gaps.Exists(gap => IsOfAll(gap) && Overlaps(gap, slot, arrivedAt));
        var observers = state.Observers.Sorted();
        foreach (var observer in observers)
        {
            if (observer.CanLetGo && state.ReportsMempool(observer) && WasConnected(observer))
            {
                AddNode(observer, arrivedAt);
            }
        }

        foreach (var lane in observers)
        {
            if (lane.Key.IsLane)
            {
                AddPeers(lane, [.. observers.Where(observer => IsPeerOf(observer, lane) && WasConnected(observer))], arrivedAt);
            }
        }

        (_peersHeard, _peersHad) = (new int[_sources.Count], new int[_sources.Count]);
    }

    /// <summary>The sources, nodes first.</summary>
    public IReadOnlyList<AuditSource> Sources => _sources;

    /// <summary>The gaps that overlap the window, the newest ones.</summary>
    public IReadOnlyList<AuditGap> Gaps => [.. _gaps.TakeLast(MaxGaps).Select(static gap => new AuditGap(gap.Kind, gap.Name, gap.From, gap.To))];

    /// <summary>Counts the sources that announced a transaction before the slot began, and those that did before the window.</summary>
    public (int HeardBy, int HadBy) Count(TxEntry tx)
    {
        Array.Clear(_peersHeard);
        Array.Clear(_peersHad);
        var (heardBy, hadBy) = (0, 0);
        ref var arrivals = ref tx.Spread.Sources;
        for (int i = 0; i < arrivals.Count; i++)
        {
            long at = AuditTimes.After(tx.FirstAt.Value, arrivals[i].Micros);
            if (at > _slot || !_places.TryGet(arrivals[i].Observer, out var place))
            {
                continue;
            }

            var source = _sources[place.Source];
            int needed = source.IsLane ? (source.Peers + 1) / 2 : 1;
            heardBy += ++_peersHeard[place.Source] == needed ? 1 : 0;
            hadBy += at <= _from && ++_peersHad[place.Source] == needed ? 1 : 0;
        }

        return (heardBy, hadBy);
    }

    private void AddNode(Observer node, long arrivedAt)
    {
        bool isHere = IsConnectedAt(node, _slot);
        bool hasGap = !_isComplete || !isHere || node.ConnectedAt > _from || HasGap(node.Key.Source, _from, _slot);
        bool hasGapAfter = !_isCompleteAfter || !node.IsConnected || HasGap(node.Key.Source, _slot, arrivedAt);
        Add(new AuditSource(node.Name, node.LaneName, Peers: 0, new UnixNanoseconds(node.ConnectedAt), hasGap, hasGapAfter), [node]);
    }

    private void AddPeers(Observer lane, List<Observer> peers, long arrivedAt)
    {
        if (peers.Count == 0)
        {
            return;
        }

        List<Observer> steady = [.. peers.Where(peer => IsConnectedAt(peer, _slot) && peer.ConnectedAt <= _from)];
        bool hasGap = !_isComplete || steady.Count == 0 || HasLaneGap(lane, peers, _from, _slot);
        bool hasGapAfter = !_isCompleteAfter || HasLaneGap(lane, peers, _slot, arrivedAt);
        var since = new UnixNanoseconds(peers.Min(static peer => peer.ConnectedAt));
        Add(new AuditSource(lane.Name, lane.LaneName, steady.Count, since, hasGap, hasGapAfter) { IsLane = true }, steady);
    }

    private void Add(AuditSource source, List<Observer> observers)
    {
        foreach (var observer in observers)
        {
            _places.Add(new Place(observer.Ordinal, _sources.Count));
        }

        _sources.Add(source);
    }

    /// <summary>True for a source that was connected at some time from the start of the window to the slot.</summary>
    private bool WasConnected(Observer observer) =>
        observer.FirstConnectedAt != 0 && observer.ConnectedAt <= _slot && (observer.IsConnected || observer.LostAt > _from);

    private static bool IsConnectedAt(Observer observer, long at) => observer.ConnectedAt <= at && (observer.IsConnected || observer.LostAt > at);

    private static bool IsPeerOf(Observer observer, Observer lane) => !observer.Key.IsLane && !observer.CanLetGo && observer.Key.Lane == lane.Key.Lane;

    private bool HasGap(SourceId source, long from, long to) => _gaps.Exists(gap => gap.Source == source && Overlaps(gap, from, to));

    /// <summary>A peer that leaves is no gap of its lane; one whose announcements were dropped is.</summary>
    private bool HasLaneGap(Observer lane, List<Observer> peers, long from, long to) => _gaps.Exists(gap => Overlaps(gap, from, to)
        && ((gap.Kind == GapKind.Blind && gap.Name == lane.Name)
            || (gap.Kind is GapKind.Throttled or GapKind.Unrecorded && peers.Exists(peer => peer.Key.Source == gap.Source))));

    private static bool IsOfAll(ObservationGap gap) => gap.Source == default && gap.Name.Length == 0;

    private static bool Overlaps(ObservationGap gap, long from, long to) => gap.From.Value <= to && (gap.To is not { } end || end.Value > from);

    /// <summary>Which source an observer belongs to.</summary>
    private sealed class Place(uint observer, int source) : IKeyed<uint>
    {
        public uint Key { get; } = observer;

        public int Source { get; } = source;
    }
}
