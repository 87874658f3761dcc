using System.Diagnostics;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Net.Captures;
using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Benchmarks.Net;

/// <summary>Ingest from post to append into memory, with the real transactions of the shipped capture and one body in four events, compared with decoding alone.</summary>
internal sealed class NetFigures : IFigures
{
    private const string SamplePath = "samples/mainnet-pectra/mainnet-pectra.mpc";
    private const int Rounds = 30;

    /// <summary>Warm-up, until every chunk and batch has buffers for the longest transactions.</summary>
    private const int WarmRounds = 10;

    /// <inheritdoc/>
    public string Area => "net";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        var bodies = ReadBodies();
        output.WriteLine($"net: {bodies.Count} real transactions, {Rounds} rounds, one body in four events");
        double decoding = MeasureDecoding(bodies);
        output.WriteLine($"  decode and recover alone, one thread: {decoding,10:N0} bodies/s");
        foreach (int workers in new[] { 1, 2 })
        {
            var (eventsPerSecond, bytesPerEvent) = MeasurePipelineAsync(bodies, workers).GetAwaiter().GetResult();
            double bodiesPerSecond = eventsPerSecond / 4;
            output.WriteLine(
                $"  pipeline, {workers} worker(s):              {eventsPerSecond,10:N0} events/s  {bodiesPerSecond,8:N0} bodies/s"
                + $"  {bodiesPerSecond / decoding:F2} of decoding alone  {bytesPerEvent:F2} B/event");
        }
    }

    private static List<(Hash256 Hash, byte[] Raw)> ReadBodies()
    {
        var bodies = new List<(Hash256, byte[])>();
        using var capture = CaptureReader.Open(FindSample());
        while (capture.TryRead(out var entry))
        {
            if (entry.Kind == CaptureEntryKind.Body)
            {
                bodies.Add((entry.Hash, entry.Raw.ToArray()));
            }
        }

        return bodies;
    }

    private static double MeasureDecoding(List<(Hash256 Hash, byte[] Raw)> bodies)
    {
        var decoder = new TransactionDecoder(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
        long start = Stopwatch.GetTimestamp();
        int decoded = 0;
        for (int round = 0; round < Rounds; round++)
        {
            foreach (var (_, raw) in bodies)
            {
                if (decoder.TryDecode(raw, TxForm.Any, out var tx, out _) && decoder.TryRecover(ref tx, out _, out _))
                {
                    decoded++;
                }
            }
        }

        return decoded / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<(double EventsPerSecond, double BytesPerEvent)> MeasurePipelineAsync(List<(Hash256 Hash, byte[] Raw)> bodies, int workers)
    {
        // Fewer bodies are remembered than a round has, so each round decodes them again.
        var options = new IngestPipelineOptions { DecodeWorkers = workers, RecentBodies = 64 };
        var sink = new MemorySink();
        await using var pipeline = new IngestPipeline(new LaneMeter(UnhostedMeters.Shared, new ChainId(1), "bench"), options, new DecodedBodies(options.RecentBodies), sink, TransactionBodyDecoder.For(new ChainId(1)), TimeProvider.System);
        await pipeline.StartAsync(CancellationToken.None);
        await PostAsync(pipeline, bodies, WarmRounds);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        long first = sink.Count;
        long start = Stopwatch.GetTimestamp();
        await PostAsync(pipeline, bodies, Rounds);
        await pipeline.CompleteAsync(CancellationToken.None);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long events = sink.Count - first;
        return (events / seconds, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)events);
    }

    private static async Task PostAsync(IngestPipeline pipeline, List<(Hash256 Hash, byte[] Raw)> bodies, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            foreach (var (hash, raw) in bodies)
            {
                for (int source = 0; source < 3; source++)
                {
                    await pipeline.PostAsync(IngestItem.Sighting(hash, SightingVia.HashSubscription, default, default), CancellationToken.None);
                }

                await pipeline.PostAsync(IngestItem.FetchedBody(raw, hash, default, default), CancellationToken.None);
            }
        }
    }

    private static string FindSample()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, SamplePath)))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new FileNotFoundException("The shipped capture is not in this checkout.", SamplePath), SamplePath);
    }
}
