using Mempulse.Canon.Reading;
using Mempulse.Ethereum.Hashing;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Contents;

namespace Mempulse.Grains.Simulations;

/// <summary>What the log and the store say of a simulation.</summary>
internal static class SimRecords
{
    /// <summary>Pages of records looked at: 4,000, far more than a simulation has.</summary>
    private const int MaxPages = 4;

    /// <summary>A block is among its key's first records, unless something on it was known before it.</summary>
    private const int FewRecords = 2;

    /// <summary>The records of a fact that is not in the log yet.</summary>
    public static SequencedBatch Read(EventBatch fact) => new(new Epoch(1), new GlobalSeq(1), fact.Count, new GlobalSeq((ulong)fact.Count), fact.Records);

    /// <summary>The facts that are not the log's last word on their simulations already; of equal ones, one.</summary>
    public static IReadOnlyList<EventBatch> NotYetLatest(ILogReader log, IReadOnlyList<SimDeposit> deposits)
    {
        var facts = new List<EventBatch>();
        var seen = new HashSet<(Hash256 Sim, Hash256 Payload)>();
        foreach (var fact in deposits.Select(deposit => deposit.Fact))
        {
            foreach (var record in Read(fact))
            {
                bool isLatest = Read(log, EventKey.Sim(record.SimKey)).Fact is { } latest && latest.View.Payload.SequenceEqual(record.Payload);
                if (!isLatest && seen.Add((record.SimKey, Keccak256.Hash(record.Payload))))
                {
                    facts.Add(fact);
                }
            }
        }

        return facts;
    }

    /// <summary>The simulation; null when the log has none.</summary>
    public static SimView? Find(ILogReader log, ContentStore store, in Hash256 sim, string logDirectory)
    {
        var asOf = log.Watermark;
        var (fact, moved) = Read(log, EventKey.Sim(sim));
        if (fact is null)
        {
            return null;
        }

        var completed = (LogEvent.SimCompleted)LogEvent.Decode(fact.View)!;
        var trace = TryRead(store, completed.TraceDigest, out string traceDamage);
        var witness = TryRead(store, completed.WitnessDigest, out string witnessDamage);
        return new SimView
        {
            Record = fact,
            Base = moved?.To ?? (IsObserved(log, completed.Base) ? SimBaseStanding.Canonical : SimBaseStanding.Unknown),
            AsOf = asOf,
            Trace = trace,
            HasWitness = witness is not null,
            Damage = witnessDamage.Length > 0 ? witnessDamage : traceDamage,
            LogDirectory = logDirectory,
        };
    }

    /// <summary>Its instructions; null when the log has no such simulation.</summary>
    public static SimSteps? FindSteps(ILogReader log, ContentStore store, in Hash256 sim)
    {
        if (Read(log, EventKey.Sim(sim)).Fact is not { } fact)
        {
            return null;
        }

        if (((LogEvent.SimCompleted)LogEvent.Decode(fact.View)!).StepsDigest is not { } digest)
        {
            return new SimSteps(null, $"The instructions of simulation {sim} were not kept; its witness can be executed again to see them.");
        }

        var lines = TryRead(store, digest, out string damage);
        return new SimSteps(lines, lines is not null ? string.Empty : damage.Length > 0 ? damage : $"The instructions of simulation {sim} are not kept any more.");
    }

    private static (SequencedRecord? Fact, LogEvent.SimBaseMoved? Moved) Read(ILogReader log, EventKey key)
    {
        SequencedRecord? fact = null;
        LogEvent.SimBaseMoved? moved = null;
        var after = GlobalSeq.None;
        for (int pages = 0; pages < MaxPages; pages++)
        {
            var page = LogQueries.ReadKey(log, key, after, ScanQuery.MaxLimit);
            foreach (var record in page.Records)
            {
                fact = record.View.Kind == EventKind.SimCompleted ? record : fact;
                moved = LogEvent.Decode(record.View) as LogEvent.SimBaseMoved ?? moved;
            }

            after = page.Next;
            if (page.IsAtEnd)
            {
                break;
            }
        }

        return (fact, moved);
    }

    /// <summary>A block comes before what follows from it, and all of that (inclusions, simulations on it) has its key too: a few records are read before the many.</summary>
    private static bool IsObserved(ILogReader log, in Hash256 block)
    {
        var key = EventKey.Block(block);
        var first = LogQueries.ReadKey(log, key, GlobalSeq.None, FewRecords);
        return HasBlock(first) || (!first.IsAtEnd && HasBlock(LogQueries.ReadKey(log, key, first.Next, ScanQuery.MaxLimit)));
    }

    private static bool HasBlock(RecordPage page) => page.Records.Any(static record => record.View.Kind == EventKind.BlockObserved);

    private static ReadOnlyMemory<byte>? TryRead(ContentStore store, in Hash256 digest, out string damage)
    {
        damage = string.Empty;
        try
        {
            if (store.TryRead(digest, out byte[]? content))
            {
                return content;
            }
        }
        catch (IOException failure)
        {
            damage = failure.Message;
        }

        return null;
    }
}
