using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Api.Tests.Streaming;

/// <summary>A log that grows when the test says so, behind the grain that reads it. Safe for any thread.</summary>
internal sealed class MadeLog
{
    public static readonly ChainId Chain = new(1);

    private readonly Lock _sync = new();
    private readonly List<SequencedRecord> _records = [];
    private readonly GrainAnswers _grains = new();
    private ulong _watermark;
    private int _scans;

    public MadeLog()
    {
        _grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.Watermark), (_, _) => Watermark);
        _grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.Scan), (_, arguments) => Scan((ScanQuery)arguments[0]!));
        _grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.ReadKey), (_, arguments) => ReadKey((EventKey)arguments[0]!, (GlobalSeq)arguments[1]!, (int)arguments[2]!));
    }

    public IGrainFactory Grains => _grains.Factory;

    /// <summary>Scans so far.</summary>
    public int Scans => Volatile.Read(ref _scans);

    /// <summary>What the next scans throw; empty for none.</summary>
    public Queue<Exception> Failures { get; } = [];

    /// <summary>A stretch that cannot be read; null for none.</summary>
    public DamagedPlace? Damage { get; set; }

    public GlobalSeq Watermark
    {
        get
        {
            lock (_sync)
            {
                return new GlobalSeq(_watermark);
            }
        }
    }

    /// <summary>Appends sightings of the transactions that the numbers after the position name, ten different ones.</summary>
    public void Append(int count)
    {
        lock (_sync)
        {
            for (int i = 0; i < count; i++)
            {
                _watermark++;
                _records.Add(Records.Fact(_watermark, new UnixNanoseconds(1), "alpha", new LogEvent.TxSeen(Tx(_watermark % 10), SightingVia.HashSubscription)));
            }
        }
    }

    public static Hash256 Tx(ulong number) => Named.Tx($"tx {number}");

    private RecordPage Scan(ScanQuery query)
    {
        Interlocked.Increment(ref _scans);
        lock (_sync)
        {
            if (Failures.TryDequeue(out var failure))
            {
                throw failure;
            }

            return Page(query.After, query.Limit, record => query.Kinds.Count == 0 || query.Kinds.Contains((ushort)record.View.Kind));
        }
    }

    private RecordPage ReadKey(EventKey wanted, GlobalSeq after, int limit)
    {
        lock (_sync)
        {
            return Page(after, limit, record => record.View.TryGetKey(wanted.Kind, out var key) && key == wanted);
        }
    }

    private RecordPage Page(GlobalSeq after, int limit, Func<SequencedRecord, bool> isWanted)
    {
        ulong end = Damage is { } place && place.First.Value > after.Value ? place.First.Value - 1 : _watermark;
        if (Damage is { } damage && after.Value + 1 >= damage.First.Value && after < damage.Last)
        {
            return new RecordPage([], after, new GlobalSeq(_watermark)) { Damage = damage };
        }

        var found = _records.Skip((int)after.Value).Where(record => record.Seq.Value <= end && isWanted(record)).Take(limit).ToList();
        var next = found.Count == limit ? found[^1].Seq : new GlobalSeq(ulong.Max(end, after.Value));
        return new RecordPage(found, next, new GlobalSeq(_watermark));
    }
}
