using Mempulse.Canon.Reading;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Sim.Witnesses;
using Mempulse.Storage.Contents;

namespace Mempulse.Grains.Simulations;

/// <summary>Reads a chain's simulations from its log and the store beside it. Thread-safe.</summary>
internal sealed class SimRecords(ILogReader log, ContentStore store, string logDirectory)
{
    /// <summary>The maximum number of pages read: 4,000 records, far more than a simulation has.</summary>
    private const int MaxPages = 4;

    /// <summary>The store.</summary>
    public ContentStore Store => store;

    private readonly ObservedBlocks _observed = new(log);

    /// <summary>Reads the records of a fact that is not in the log yet.</summary>
    public static SequencedBatch Read(EventBatch fact) => new(new Epoch(1), new GlobalSeq(1), fact.Count, new GlobalSeq((ulong)fact.Count), fact.Records);

    /// <summary>Stores contents; they are durable when this returns.</summary>
    /// <param name="contents">The contents.</param>
    /// <param name="codes">The codes that witnesses among them name.</param>
    /// <returns>The digests of the contents that the store already had.</returns>
    /// <exception cref="IOException">The disk is full or has failed.</exception>
    public IReadOnlySet<Hash256> Put(IReadOnlyList<PreparedContent> contents, IReadOnlyList<PreparedContent> codes) => store.PutAll(contents, codes);

    /// <summary>Reads a content; null when the store does not have it whole.</summary>
    public ReadOnlyMemory<byte>? ReadContent(in Hash256 digest) => TryRead(digest, out _);

    /// <summary>Returns the simulation of a fact; null when it is not the latest fact in the log about that simulation.</summary>
    public SimView? FindLatest(EventBatch fact)
    {
        foreach (var record in Read(fact))
        {
            return Find(record.SimKey) is { } view && view.Record.View.Payload.SequenceEqual(record.Payload) ? view : null;
        }

        return null;
    }

    /// <summary>Returns a simulation; null when the log does not have it.</summary>
    public SimView? Find(in Hash256 sim)
    {
        var asOf = log.Watermark;
        var (fact, moved) = Read(EventKey.Sim(sim));
        if (fact is null)
        {
            return null;
        }

        var completed = (LogEvent.SimCompleted)LogEvent.Decode(fact.View)!;
        var trace = TryRead(completed.TraceDigest, out string traceDamage);
        bool hasWitness = HasWitness(completed.WitnessDigest, out string witnessDamage);
        return ViewOf(fact, moved, asOf) with
        {
            Trace = trace,
            HasWitness = hasWitness,
            Damage = witnessDamage.Length > 0 ? witnessDamage : traceDamage,
        };
    }

    /// <summary>Returns a fact and the standing of its base, without the contents of the store.</summary>
    public SimView ViewOf(SequencedRecord fact, LogEvent.SimBaseMoved? moved, GlobalSeq asOf) => new()
    {
        Record = fact,
        Base = moved?.To ?? (_observed.Has(fact.View.BlockKey, asOf) ? SimBaseStanding.Canonical : SimBaseStanding.Unknown),
        AsOf = asOf,
        LogDirectory = logDirectory,
    };

    /// <summary>Returns the steps of a simulation; null when the log does not have the simulation.</summary>
    public SimSteps? FindSteps(in Hash256 sim)
    {
        if (Read(EventKey.Sim(sim)).Fact is not { } fact)
        {
            return null;
        }

        if (((LogEvent.SimCompleted)LogEvent.Decode(fact.View)!).StepsDigest is not { } digest)
        {
            return new SimSteps(null, $"The steps of simulation {sim} were not stored. Execute its witness again to see them.");
        }

        var lines = TryRead(digest, out string damage);
        return new SimSteps(lines, lines is not null ? string.Empty : damage.Length > 0 ? damage : $"The steps of simulation {sim} are no longer stored.");
    }

    private (SequencedRecord? Fact, LogEvent.SimBaseMoved? Moved) Read(EventKey key)
    {
        SequencedRecord? fact = null;
        LogEvent.SimBaseMoved? moved = null;
        var after = GlobalSeq.None;
        for (int pages = 0; pages < MaxPages; pages++)
        {
            var page = LogQueries.ReadKey(log, key, after, ScanQuery.MaxLimit);
            foreach (var record in page.Records)
            {
                fact = record.View.Kind == LogEvent.SimCompleted.KindNumber ? record : fact;
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

    /// <summary>True when the store has a witness and the codes that it names whole.</summary>
    private bool HasWitness(in Hash256 digest, out string damage)
    {
        if (TryRead(digest, out damage) is not { } witness)
        {
            return false;
        }

        foreach (var code in CodesOf(witness))
        {
            if (TryRead(code, out damage) is null)
            {
                damage = damage.Length > 0 ? damage : $"Code {code}, which the witness names, is no longer stored.";
                return false;
            }
        }

        return true;
    }

    private static IReadOnlyList<Hash256> CodesOf(ReadOnlyMemory<byte> witness)
    {
        try
        {
            return WitnessCodec.CodesOf(witness.Span);
        }
        catch (EventDecodeException)
        {
            return []; // of a later version: it is intact, which is all that is asked here
        }
    }

    private ReadOnlyMemory<byte>? TryRead(in Hash256 digest, out string damage)
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
