using Mempulse.Canon;
using Mempulse.Cli.Recording;
using Mempulse.Cli.Replays;
using Mempulse.Folding;
using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Derivations;
using Mempulse.Storage.Rules;

namespace Mempulse.Cli.Captures;

/// <summary>Writes one lane's facts and what follows from them into a new log, in an order that depends on the facts alone.</summary>
/// <remarks>
/// A lane's batches are cut by timing; here they are cut again by count and size, each piece is appended and folded, and
/// what follows from it is appended before the next one. So two runs write the same bytes. For one lane, confined to its
/// sender. A batch counts as taken when it is copied: <see cref="CompleteAsync"/> makes the rest durable.
/// </remarks>
internal sealed class DeterministicLogWriter : IEventSink
{
    /// <summary>Facts of one append. Fewer would wait for the disk more often.</summary>
    private const int PieceEvents = 1_024;

    /// <summary>Facts of one append where pools are read: often enough that they are read before the block that moves them.</summary>
    private const int PieceEventsWithPools = 64;

    private const int PieceBytes = 256 << 10;
    private const int DrainEvents = 4_096;

    private readonly IEventLog _log;
    private readonly string _directory;
    private readonly RecordedPools? _pools;
    private readonly int _pieceEvents;
    private readonly EventBatch _piece;
    private readonly EventBatch _derived = new(DerivedEvents.Lane);

    /// <param name="log">The log.</param>
    /// <param name="directory">Its directory.</param>
    /// <param name="chain">Its chain.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="pools">Reads the pools that the fold asks for; null if no state was recorded.</param>
    public DeterministicLogWriter(IEventLog log, string directory, ChainId chain, string lane, RecordedPools? pools)
    {
        _log = log;
        _pools = pools;
        _pieceEvents = pools is null ? PieceEvents : PieceEventsWithPools;
        _piece = new EventBatch(LaneId.Of(lane));
        _directory = directory;
        Engine = LogOnDisk.CompositionOf(directory).Create(chain);
    }

    /// <summary>The state of what is appended.</summary>
    public ReplayEngine Engine { get; }

    /// <summary>What was appended so far.</summary>
    public PlayCounts Counts { get; private set; }

    /// <summary>Records the start of the epoch with the fold's parameters, and the rules.</summary>
    public async Task BeginAsync(FoldParameters parameters, RegistryFile registry, string writer, UnixNanoseconds at, CancellationToken cancellationToken)
    {
        await AppendAndFoldAsync(EpochStart.Of(_log, Engine.Chain, writer, parameters, at), cancellationToken).ConfigureAwait(false);
        await AppendAndFoldAsync(RulesRecorder.Store(registry, _directory, _log, at), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>The log is new, so no lane has a last number.</remarks>
    public ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) => ValueTask.FromResult(0UL);

    /// <inheritdoc/>
    public async ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        // By index: a span over the batch does not live across an await.
        for (int offset = 0; offset < batch.SizeBytes;)
        {
            offset = CopyUntilFull(batch, offset);
            if (IsFull())
            {
                await FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return AppendOutcome.Appended;
    }

    /// <summary>Appends what is left.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_piece.Count > 0)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private int CopyUntilFull(EventBatch batch, int offset)
    {
        const int overhead = sizeof(uint) + sizeof(uint);
        var records = new RecordEnumerator(GlobalSeq.None.Next, batch.Records.Span[offset..]);
        while (!IsFull() && records.MoveNext())
        {
            _piece.AddCopy(records.Current, records.Current.Meta);
            offset += records.Current.Bytes.Length + overhead;
        }

        return offset;
    }

    private bool IsFull() => _piece.Count >= _pieceEvents || _piece.SizeBytes >= PieceBytes;

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var at = LastTimeOf(_piece);
        await WriteAsync(_piece, cancellationToken).ConfigureAwait(false);
        _piece.Clear();
        if (_pools?.Read(Engine, at) is { Count: > 0 } observed)
        {
            await WriteAsync(observed, cancellationToken).ConfigureAwait(false);
        }
    }

    private static UnixNanoseconds LastTimeOf(EventBatch facts)
    {
        UnixNanoseconds last = default;
        for (var records = new RecordEnumerator(GlobalSeq.None.Next, facts.Records.Span); records.MoveNext();)
        {
            last = records.Current.Timestamp;
        }

        return last;
    }

    /// <summary>Appends facts and what follows from them.</summary>
    private async Task WriteAsync(EventBatch facts, CancellationToken cancellationToken)
    {
        Counts = Counts with { Facts = Counts.Facts + facts.Count };
        await AppendAndFoldAsync(facts, cancellationToken).ConfigureAwait(false);
        while (Engine.DrainDerived(_derived, DrainEvents) > 0)
        {
            Counts = Counts with { Derived = Counts.Derived + _derived.Count };
            await AppendAndFoldAsync(_derived, cancellationToken).ConfigureAwait(false);
            _derived.Clear();
        }
    }

    private async Task AppendAndFoldAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var result = await _log.AppendAsync(batch, cancellationToken).ConfigureAwait(false);
        Invariant.That(result.Count == batch.Count, "INV-79", "a new log has none of the records that are played into it");
        Engine.Apply(new SequencedBatch(_log.Epoch, result.First, result.Count, result.Watermark, batch.Records));
    }
}
