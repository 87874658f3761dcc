using Mempulse.Folding;
using Mempulse.Net.Captures;
using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Net.Playback;
using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Derivations;

namespace Mempulse.Determinism.Tests;

/// <summary>A log in memory that is folded while it is written, as in the live service, and records the digest at every position.</summary>
/// <remarks>Confined to the one lane that appends to it.</remarks>
internal sealed class FoldedLog : IEventSink
{
    private static readonly string CapturePath = Path.Combine(AppContext.BaseDirectory, "samples", "mainnet-pectra.mpc");

    private readonly ReplayEngine _engine;
    private readonly EventBatch _derived = new(DerivedEvents.Lane);
    private readonly List<byte[]> _records = [];
    private readonly List<StateDigest> _digests = [];

    private FoldedLog(ChainId chain) => _engine = FoldComposition.Default.Create(chain);

    /// <summary>The chain.</summary>
    public ChainId Chain => _engine.Chain;

    /// <summary>Each record without length and CRC.</summary>
    public IReadOnlyList<byte[]> Records => _records;

    /// <summary>The state's digest after each record.</summary>
    public IReadOnlyList<StateDigest> Digests => _digests;

    /// <summary>Plays the shipped capture at maximum speed through the ingest pipeline.</summary>
    public static async Task<FoldedLog> PlayAsync(int workers, CancellationToken cancellationToken)
    {
        using var capture = CaptureReader.Open(CapturePath);
        var header = capture.Header;
        var log = new FoldedLog(header.Chain);
        var host = new EventBatch(LaneId.Of("host"));
        host.Add(new LogEvent.EpochStarted(new Epoch(1), header.Chain, "test", header.SuggestedParameters), RecordMeta.Fact(host.Lane, 1, header.Start, default));
        log.Append(host);

        var options = new PlaybackOptions { Pipeline = new IngestPipelineOptions { WhenLogRefuses = LogRefusal.Wait, DecodeWorkers = workers } };
        await using var lane = new PlaybackLane(capture, options, log, TransactionBodyDecoder.For(header.Chain), TimeProvider.System);
        await lane.StartAsync(cancellationToken);
        await lane.Completion.WaitAsync(cancellationToken);
        return log;
    }

    /// <inheritdoc/>
    public ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) => ValueTask.FromResult(0UL);

    /// <inheritdoc/>
    public ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        Append(batch);
        return ValueTask.FromResult(AppendOutcome.Appended);
    }

    /// <summary>Appends each fact directly followed by its derived events, so that the order does not depend on the batch boundaries.</summary>
    private void Append(EventBatch batch)
    {
        var facts = new RecordEnumerator(GlobalSeq.None, batch.Records.Span);
        while (facts.MoveNext())
        {
            Append(facts.Current.Bytes);
            while (_engine.DrainDerived(_derived, int.MaxValue) > 0)
            {
                var derived = new RecordEnumerator(GlobalSeq.None, _derived.Records.Span);
                while (derived.MoveNext())
                {
                    Append(derived.Current.Bytes);
                }

                _derived.Clear();
            }
        }
    }

    private void Append(ReadOnlySpan<byte> record)
    {
        _records.Add(record.ToArray());
        _engine.Apply(new RecordView(new GlobalSeq((ulong)_records.Count), record));
        _digests.Add(_engine.Digest());
    }
}
