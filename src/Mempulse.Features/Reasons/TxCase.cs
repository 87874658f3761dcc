using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Histories;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Reasons;

/// <summary>What is known of the transaction that was asked about: its standing in the fold, its records, and the blocks of its wait.</summary>
internal sealed class TxCase
{
    private BlockWalk? _wait;
    private SeenBlock? _head;

    public TxCase(TxStanding standing, ILoggedRecords log)
    {
        (Standing, Log) = (standing, log);
        Tx = LoggedTx.Read(log, standing.Hash);
        Rival = RivalHash is { IsZero: false } by ? LoggedTx.Read(log, by) : null;
    }

    /// <summary>What the fold knows.</summary>
    public TxStanding Standing { get; }

    /// <summary>The log up to the standing's position.</summary>
    public ILoggedRecords Log { get; }

    /// <summary>The transaction in the log.</summary>
    public LoggedTx Tx { get; }

    /// <summary>The transaction that replaced it, in the log; null when none did, or it is not known.</summary>
    public LoggedTx? Rival { get; }

    /// <summary>Its life; null when the log does not have it.</summary>
    public TxLife? Life => Tx.Life;

    /// <summary>The first sighting of each source, in order.</summary>
    public IReadOnlyList<SourceHistory> Sightings => Life?.Sightings ?? [];

    /// <summary>Its body; null while only its hash is known.</summary>
    public NormalizedTx? Body => Life?.Body;

    /// <summary>Its state: that of the fold, or of its records when the fold no longer holds it.</summary>
    public TxState State => Standing.State == TxState.Unknown ? Life?.State ?? TxState.Unknown : Standing.State;

    /// <summary>The transaction that replaced it: null for none, the zero hash for one that is not known.</summary>
    public Hash256? RivalHash => State == TxState.Replaced ? Standing.Tx?.ReplacedBy ?? Life?.ReplacedBy ?? Hash256.Zero : null;

    /// <summary>The block that includes it; null for none.</summary>
    public PoolInclusion? Inclusion => State is TxState.Included or TxState.Confirmed ? Standing.Tx?.Inclusion ?? Life?.Inclusion : null;

    /// <summary>The block that includes the transaction that replaced it; null for none.</summary>
    public PoolInclusion? RivalInclusion => Rival is null ? null : Standing.Rival is { } held ? held.Inclusion : Rival.Life?.Inclusion;

    /// <summary>The position of its first record.</summary>
    public GlobalSeq FirstSeq => Tx.Records.Count > 0 ? Tx.Records[0].Seq : GlobalSeq.None;

    /// <summary>The time of its first record.</summary>
    public UnixNanoseconds FirstAt => Tx.Records.Count > 0 ? Tx.Records[0].View.Timestamp : Standing.Now;

    /// <summary>The newest block; null while none is known, or the log does not have it.</summary>
    public SeenBlock? Head => _head ??= Standing.Head is { } head ? BlockWalk.Find(Log, head.Hash) : null;

    /// <summary>The blocks that came while it waited, the newest first.</summary>
    public BlockWalk Wait => _wait ??= Life is not null && EndOfWait() is { } last ? BlockWalk.Back(Log, last, FirstSeq) : BlockWalk.Empty;

    /// <summary>How its wait was observed, up to a time.</summary>
    public Coverage CoverageTo(UnixNanoseconds end) => Coverage.Of(Standing, FirstAt, end);

    /// <summary>The name of a source, or its id while the name is unknown.</summary>
    public string NameOf(SourceId source) =>
        Standing.Sources.FirstOrDefault(observer => observer.Source == source) is { Name: { Length: > 0 } name } ? name : source.ToString();

    /// <summary>The block before the one that ended the wait; the head while it goes on.</summary>
    private Hash256? EndOfWait()
    {
        var ended = Inclusion ?? RivalInclusion;
        return ended is null ? Standing.Head?.Hash : BlockWalk.Find(Log, ended.Block)?.Block.ParentHash;
    }
}
