using System.Diagnostics;
using System.Globalization;

namespace Mempulse.Benchmarks.Node;

/// <summary>What readers of GET /stream get of a node that ingests at a steady pace, and what they cost it.</summary>
/// <remarks>The node is a process of its own; the readers share the machine with it.</remarks>
internal sealed class StreamFigures : IFigures
{
    private const int Readers = 200;

    /// <summary>Entries of the capture a second. With the events that the fold derives from them, the log gets about 500 a second.</summary>
    private const int Pace = 400;

    private const int CaptureSeconds = 180;
    private static readonly TimeSpan _round = TimeSpan.FromSeconds(20);

    public string Area => "stream";

    public void Print(TextWriter output) => PrintAsync(output).GetAwaiter().GetResult();

    private static async Task PrintAsync(TextWriter output)
    {
        string capture = CaptureFiles.At((long)Pace * CaptureSeconds, Pace);
        string directory = Directory.CreateTempSubdirectory("mempulse-stream-").FullName;
        try
        {
            await using var node = await ServedNode.StartAsync(directory, ["--capture", capture, "--speed", "1"], []).ConfigureAwait(false);
            await output.WriteLineAsync(Text($"stream: a node process that plays {Pace} entries a second; {Readers} readers of /stream that take all events, for {_round.TotalSeconds:F0} s, on {Environment.ProcessorCount} cores")).ConfigureAwait(false);
            await output.WriteLineAsync("  readers   log events/s   least events/s a reader   coalesced   lost   node, cores").ConfigureAwait(false);
            await RunAsync(output, node, 0).ConfigureAwait(false);
            await RunAsync(output, node, Readers).ConfigureAwait(false);
            await RunAsync(output, node, 0).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task RunAsync(TextWriter output, ServedNode node, int count)
    {
        using var client = new HttpClient { BaseAddress = node.Client.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
        using var stop = new CancellationTokenSource();
        StreamReading[] readers = [.. Enumerable.Range(0, count).Select(_ => new StreamReading(client))];
        var begun = readers.Select(static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToList();
        Task[] reading = [.. readers.Zip(begun, (reader, hasBegun) => reader.RunAsync(hasBegun, stop.Token))];
        await Task.WhenAll(begun.Select(static one => one.Task)).ConfigureAwait(false);
        var (processor, position, started) = (node.ProcessorTime, await EndAsync(node).ConfigureAwait(false), Stopwatch.GetTimestamp());
        var before = Array.ConvertAll(readers, static reader => reader.Events);

        await Task.Delay(_round).ConfigureAwait(false);

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double least = readers.Select((reader, i) => reader.Events - before[i]).DefaultIfEmpty().Min() / seconds;
        double logged = (await EndAsync(node).ConfigureAwait(false) - position) / seconds;
        double cores = (node.ProcessorTime - processor).TotalSeconds / seconds;
        var failed = reading.FirstOrDefault(static one => one.IsFaulted);
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await output.WriteLineAsync(Text($"  {count,7}{logged,15:F0}{least,26:F0}{readers.Sum(static reader => reader.Coalesced),12:N0}{readers.Sum(static reader => reader.Lost),7:N0}{cores,14:F2}{failed?.Exception?.InnerException?.Message}")).ConfigureAwait(false);
    }

    /// <summary>The position of the newest durable event.</summary>
    private static async Task<double> EndAsync(ServedNode node) => (await node.GetAsync("/status").ConfigureAwait(false)).GetProperty("log").GetProperty("watermark").GetDouble();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
