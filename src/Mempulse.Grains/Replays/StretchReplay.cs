using Mempulse.Canon.Reading;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;

namespace Mempulse.Grains.Replays;

/// <summary>Replays a stretch of a log on a thread of the pool; its memory is one folded state, however long the log is.</summary>
internal sealed class StretchReplay(ILogReader log, Func<ReplayEngine> start, GlobalSeq first, GlobalSeq last)
{
    private readonly SortedDictionary<ushort, long> _kinds = [];
    private ulong _at;

    /// <summary>The engine at the end of the stretch; null before <see cref="Run"/> returned.</summary>
    public ReplayEngine? Engine { get; private set; }

    /// <summary>The first position of the stretch.</summary>
    public GlobalSeq First => first;

    /// <summary>The last position of the stretch.</summary>
    public GlobalSeq Last => last;

    /// <summary>How far it is.</summary>
    public GlobalSeq At => new(Volatile.Read(ref _at));

    /// <summary>Replays to the first position, then to the last one.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ReplayAnswer Run(CancellationToken cancellationToken)
    {
        var engine = start();
        ApplyTo(engine, first, counts: null, cancellationToken);
        var fromDigest = engine.Digest();
        var fromStates = CountStates(engine);
        ulong fromDivergences = engine.DivergenceCount;
        ApplyTo(engine, last, _kinds, cancellationToken);
        Engine = engine;
        return new ReplayAnswer
        {
            Outcome = ReplayOutcome.Done,
            From = first,
            To = last,
            At = last,
            FromDigest = fromDigest,
            ToDigest = engine.Digest(),
            FromTxsByState = fromStates,
            ToTxsByState = CountStates(engine),
            Kinds = [.. _kinds.Select(pair => new KindCount((EventKind)pair.Key, pair.Value))],
            Divergences = (long)(engine.DivergenceCount - fromDivergences),
        };
    }

    private void ApplyTo(ReplayEngine engine, GlobalSeq target, SortedDictionary<ushort, long>? counts, CancellationToken cancellationToken)
    {
        while (engine.Applied < target)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = log.Read(engine.Applied.Next, ILogReader.MaxPageBytes)
                ?? throw new InvalidOperationException($"The log ends before {target}.");
            foreach (var record in page)
            {
                if (record.Seq > target)
                {
                    break;
                }

                engine.Apply(record);
                if (counts is not null)
                {
                    counts[(ushort)record.Kind] = counts.GetValueOrDefault((ushort)record.Kind) + 1;
                }
            }

            Volatile.Write(ref _at, engine.Applied.Value);
        }
    }

    private static long[] CountStates(ReplayEngine engine) => [.. Enum.GetValues<TxState>().Select(state => (long)engine.Pool.CountOf(state))];
}
