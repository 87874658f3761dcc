using System.Globalization;
using Mempulse.Benchmarks.Ranking;
using Mempulse.Benchmarks.Replay;
using Mempulse.Net.Captures;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Node;

/// <summary>Synthetic captures, created once and kept under artifacts.</summary>
internal static class CaptureFiles
{
    private const string Version = "1";
    private const int EventsPerSecond = 100_000;

    /// <summary>The path of a capture with about the given number of events; creates the capture if it does not exist.</summary>
    public static string Get(long events) => Get("node", events, static () => null);

    /// <summary>The same with calls of mainnet and their receipts.</summary>
    public static string OfCalls(long events) => Get("calls", events, static () => new CallBodies(MainnetRules.Calls()));

    private static string Get(string kind, long events, Func<CallBodies?> calls, int eventsPerSecond = EventsPerSecond, int waitingTxs = MadeCapture.InclusionLagTxs)
    {
        string directory = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "..", "captures")).FullName;
        string path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{kind}-{Version}-{events}.mpc"));
        if (!File.Exists(path))
        {
            using (var stream = File.Create(path + ".new"))
            {
                MadeCapture.Write(stream, events, eventsPerSecond, calls(), waitingTxs);
            }

            File.Move(path + ".new", path);
        }

        return path;
    }

    /// <summary>A capture whose recorded pace is the given one.</summary>
    public static string At(long events, int eventsPerSecond, int waitingTxs = MadeCapture.InclusionLagTxs) =>
        Get(string.Create(CultureInfo.InvariantCulture, $"paced{eventsPerSecond}{(waitingTxs == MadeCapture.InclusionLagTxs ? string.Empty : $"-waiting{waitingTxs}")}"), events, static () => null, eventsPerSecond, waitingTxs);

    /// <summary>A capture at whose end about the given number of transactions wait.</summary>
    public static string Waiting(long events, int waitingTxs) => Get(string.Create(CultureInfo.InvariantCulture, $"waiting{waitingTxs}"), events, static () => null, waitingTxs: waitingTxs);

    /// <summary>Number of entries in a capture.</summary>
    public static long Count(string path)
    {
        using var reader = CaptureReader.Open(path);
        while (reader.TryRead(out _))
        {
        }

        return (long)reader.EntriesRead;
    }

    /// <summary>A capture in memory whose recorded time begins when it is opened, so that times in the log are times of observation.</summary>
    public static Func<CaptureReader> Paced(long events, int eventsPerSecond) => Paced(stream => MadeCapture.Write(stream, events, eventsPerSecond));

    /// <summary>The same of a capture with the header of <see cref="MadeCapture"/>.</summary>
    public static Func<CaptureReader> Paced(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        byte[] all = stream.ToArray();
        return () =>
        {
            // Only the header contains the time, so everything else is prepared.
            byte[] header = HeaderOf(ObservationClock.Now(TimeProvider.System));
            header.CopyTo(all, 0);
            return new CaptureReader(new MemoryStream(all), "memory");
        };
    }

    private static byte[] HeaderOf(UnixNanoseconds start)
    {
        using var stream = new MemoryStream();
        using var writer = new CaptureWriter(stream, MadeCapture.Header(start));
        return stream.ToArray();
    }
}
