using Mempulse.Canon;
using Mempulse.Canon.Reading;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Sim.Witnesses;
using Mempulse.Storage.Contents;

namespace Mempulse.Cli.Simulations;

/// <summary>A simulation out of a log and the store beside it.</summary>
/// <param name="Seq">Where its fact stands.</param>
/// <param name="Fact">What the log says of it.</param>
/// <param name="Witness">What it depended on.</param>
internal sealed record RecordedSim(GlobalSeq Seq, LogEvent.SimCompleted Fact, Witness Witness)
{
    private const int PageRecords = 1_000;

    /// <summary>Reads a simulation; the last of its facts, if it was made more than once.</summary>
    /// <exception cref="UsageException">The log has no such simulation, or the store its witness not any more.</exception>
    /// <exception cref="ContentDamagedException">The witness is not what was put.</exception>
    public static RecordedSim Read(string directory, Hash256 sim)
    {
        var (seq, fact) = Find(LogDirectory.OpenRead(directory), sim)
            ?? throw new UsageException($"The log in {directory} has no simulation {sim}, as far as it can be read: beside a running node its last events are not yet.");
        var store = ContentStore.Open(new ContentStoreOptions { Directory = ContentDirectory.Beside(directory) });
        if (!store.TryRead(fact.WitnessDigest, out byte[]? witness))
        {
            throw new UsageException($"The witness {fact.WitnessDigest} of simulation {sim} is not kept any more in {ContentDirectory.Beside(directory)}.");
        }

        try
        {
            return new RecordedSim(seq, fact, WitnessCodec.Decode(witness));
        }
        catch (EventDecodeException unknown)
        {
            throw new UsageException($"The witness {fact.WitnessDigest} is whole, but not one that this version reads: {unknown.Message}", unknown);
        }
    }

    private static (GlobalSeq Seq, LogEvent.SimCompleted Fact)? Find(ILogReader log, Hash256 sim)
    {
        (GlobalSeq, LogEvent.SimCompleted)? found = null;
        IReadOnlyList<GlobalSeq> seqs;
        var after = GlobalSeq.None;
        do
        {
            seqs = log.Find(EventKey.Sim(sim), after, PageRecords);
            foreach (var seq in seqs)
            {
                found = ReadFact(log, seq) is { } fact ? (seq, fact) : found;
                after = seq;
            }
        }
        while (seqs.Count == PageRecords);

        return found;
    }

    private static LogEvent.SimCompleted? ReadFact(ILogReader log, GlobalSeq seq)
    {
        if (log.Read(seq, 1) is { } page)
        {
            foreach (var record in page)
            {
                return LogEvent.Decode(record) as LogEvent.SimCompleted;
            }
        }

        return null;
    }
}
