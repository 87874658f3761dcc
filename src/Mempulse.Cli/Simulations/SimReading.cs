using Mempulse.Canon;
using Mempulse.Canon.Reading;
using Mempulse.Cases.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Sim.Witnesses;
using Mempulse.Storage.Contents;

namespace Mempulse.Cli.Simulations;

/// <summary>Reads simulations from a log and the store beside it.</summary>
internal static class SimReading
{
    private const int PageRecords = 1_000;

    /// <summary>Reads a simulation; its last fact, if it was simulated more than once.</summary>
    /// <exception cref="UsageException">The log does not have the simulation, or the store no longer has its witness.</exception>
    /// <exception cref="ContentDamagedException">The stored witness, or a code that it names, is damaged.</exception>
    public static RecordedSim Read(string directory, Hash256 sim)
    {
        var (seq, fact) = Find(LogDirectory.OpenRead(directory), sim)
            ?? throw new UsageException($"The log in {directory} has no simulation {sim}. While a node runs on it, its last events cannot be read yet.");
        var store = ContentStore.Open(new ContentStoreOptions { Directory = ContentDirectory.Beside(directory) });
        if (!store.TryRead(fact.WitnessDigest, out byte[]? witness))
        {
            throw new UsageException($"The witness {fact.WitnessDigest} of simulation {sim} is no longer in {ContentDirectory.Beside(directory)}.");
        }

        try
        {
            return new RecordedSim(seq, fact, WitnessCodec.Decode(witness, code => store.TryRead(code, out byte[]? bytes) ? bytes : default(ReadOnlyMemory<byte>?)));
        }
        catch (EventDecodeException unknown)
        {
            throw new UsageException($"The witness {fact.WitnessDigest} is intact, but cannot be read: {unknown.Message}", unknown);
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
