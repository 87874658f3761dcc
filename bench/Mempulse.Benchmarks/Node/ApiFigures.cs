using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Mempulse.Benchmarks.Node;

/// <summary>How long the API takes for a page of the waiting transactions, for a transaction that the fold holds, for one that only the log has, and for a replay of the whole log.</summary>
/// <remarks>The node is a process of its own; one client asks one request after the other. The figures beside the times are processor time of the node and the ratio to GET /health/live, which reads nothing.</remarks>
internal sealed class ApiFigures : IFigures
{
    /// <summary>A data directory that is kept: the first run makes its log, and later ones read it.</summary>
    private const string DataVariable = "MEMPULSE_BENCH_DATA";

    private const int LiveTxs = 2_000;
    private const long ShortEvents = 1_000_000;
    private const long LongEvents = 10_000_000;
    private const int Requests = 500;
    private const int Warming = 50;
    private const int ReplayEvents = 1_000_000;
    private const int ReplayParts = 16;
    private const ulong PartEvents = 1_000;

    /// <summary>Without a common divisor with the number of parts, so that each is taken once, and not in order.</summary>
    private const ulong PartStride = 7;

    private const double Mebibyte = 1 << 20;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    public string Area => "api";

    public void Print(TextWriter output) => PrintAsync(output).GetAwaiter().GetResult();

    private static async Task PrintAsync(TextWriter output)
    {
        string flag = Environment.GetEnvironmentVariable(NodeFigures.LongFlag) ?? string.Empty;
        long events = flag.Length == 0 ? ShortEvents : long.TryParse(flag, CultureInfo.InvariantCulture, out long given) && given > 1 ? given : LongEvents;
        string? kept = Environment.GetEnvironmentVariable(DataVariable);
        bool hasLog = Directory.Exists(kept) && Directory.EnumerateFiles(kept, "*.wal", SearchOption.AllDirectories).Any();
        string directory = kept ?? Directory.CreateTempSubdirectory("mempulse-api-").FullName;
        try
        {
            await using var node = hasLog
                ? await ServedNode.StartIdleAsync(directory).ConfigureAwait(false)
                : await ServedNode.StartAsync(directory, ["--capture", CaptureFiles.Waiting(events, LiveTxs), "--speed", "max"], []).ConfigureAwait(false);
            var status = await SettledAsync(node, hasInput: !hasLog).ConfigureAwait(false);
            ulong end = status.GetProperty("log").GetProperty("watermark").GetUInt64();
            await output.WriteLineAsync(Text($"api: a node process with {end:N0} events in its log and about {LiveTxs:N0} waiting transactions; {Requests} requests each, one after the other, on {Environment.ProcessorCount} cores")).ConfigureAwait(false);
            await output.WriteLineAsync("  request                          p50 ms   p95 ms   max ms   goal p95   node ms a request   p95 to /health/live").ConfigureAwait(false);
            double floor = await RowAsync(output, node, "/health/live", null, 0, static _ => "/health/live").ConfigureAwait(false);
            string[] live = await LiveAsync(node).ConfigureAwait(false);
            string[] old = await HistoryAsync(node, end).ConfigureAwait(false);
            await RowAsync(output, node, "/mempool, first page", 10, floor, static _ => "/mempool").ConfigureAwait(false);
            await RowAsync(output, node, "/tx/{hash}, waiting", 5, floor, i => $"/tx/{live[i % live.Length]}").ConfigureAwait(false);
            await RowAsync(output, node, "/tx/{hash}, from history", 20, floor, i => $"/tx/{old[i % old.Length]}").ConfigureAwait(false);
            await ReplayPartsAsync(output, node, end).ConfigureAwait(false);
            await ReplayAsync(output, node, end).ConfigureAwait(false);
        }
        finally
        {
            if (kept is null)
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    private static async Task<double> RowAsync(TextWriter output, ServedNode node, string what, int? goal, double floor, Func<int, string> path)
    {
        for (int i = 0; i < Warming; i++)
        {
            await node.Client.GetByteArrayAsync(new Uri(path(i), UriKind.Relative)).ConfigureAwait(false);
        }

        double[] times = new double[Requests];
        var processor = node.ProcessorTime;
        for (int i = 0; i < Requests; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await node.Client.GetByteArrayAsync(new Uri(path(Warming + i), UriKind.Relative)).ConfigureAwait(false);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        double used = (node.ProcessorTime - processor).TotalMilliseconds / Requests;
        Array.Sort(times);
        double high = times[Requests * 95 / 100];
        await output.WriteLineAsync(Text($"  {what,-30}{times[Requests / 2],9:F2}{high,9:F2}{times[^1],9:F2}{goal,11}{used,20:F2}{(floor > 0 ? high / floor : 1),22:F1}")).ConfigureAwait(false);
        return high;
    }

    /// <summary>Replays short ranges here and there in the log: each begins at the checkpoint before it.</summary>
    private static async Task ReplayPartsAsync(TextWriter output, ServedNode node, ulong end)
    {
        var times = new double[ReplayParts];
        var processor = node.ProcessorTime;
        for (ulong part = 0; part < ReplayParts; part++)
        {
            ulong from = end / ReplayParts * (part * PartStride % ReplayParts) + (end / ReplayParts / 2);
            long started = Stopwatch.GetTimestamp();
            while ((await node.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/replay?from={from}&to={Math.Min(from + PartEvents, end)}")).ConfigureAwait(false)).GetProperty("state").GetString() != "done")
            {
                // 202: it is in progress
            }

            times[part] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        Array.Sort(times);
        double used = (node.ProcessorTime - processor).TotalSeconds / ReplayParts;
        await output.WriteLineAsync(Text($"  /replay, {PartEvents:N0} events at {ReplayParts} places: median {times[ReplayParts / 2]:F1} s, at most {times[^1]:F1} s (goal 3), {used:F1} s of processor each")).ConfigureAwait(false);
    }

    /// <summary>Replays the whole log as a client does: range after range, until each is done.</summary>
    private static async Task ReplayAsync(TextWriter output, ServedNode node, ulong end)
    {
        long before = node.ResidentBytes;
        long most = before;
        long started = Stopwatch.GetTimestamp();
        var processor = node.ProcessorTime;
        for (ulong from = 0; from < end;)
        {
            ulong to = Math.Min(from + ReplayEvents, end);
            JsonElement answer;
            do
            {
                answer = await node.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/replay?from={from}&to={to}")).ConfigureAwait(false);
                most = Math.Max(most, node.ResidentBytes);
            }
            while (answer.GetProperty("state").GetString() != "done");
            from = answer.GetProperty("next").ValueKind == JsonValueKind.Number ? answer.GetProperty("next").GetUInt64() : to;
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double used = (node.ProcessorTime - processor).TotalSeconds;
        await output.WriteLineAsync(Text($"  /replay, the whole log: {seconds:F1} s, {used:F1} s of processor, {end / used / 1e6:F2} M events a second of processor; resident {before / Mebibyte:F0} MiB before, {most / Mebibyte:F0} MiB at most")).ConfigureAwait(false);
    }

    private static async Task<JsonElement> SettledAsync(ServedNode node, bool hasInput)
    {
        while (true)
        {
            var status = await node.GetAsync("/status").ConfigureAwait(false);
            var fold = status.GetProperty("fold");
            if ((!hasInput || status.GetProperty("lanes").EnumerateArray().All(static lane => !lane.GetProperty("running").GetBoolean()))
                && fold.GetProperty("derivedWaiting").GetInt64() == 0
                && fold.GetProperty("appliedSeq").GetUInt64() == status.GetProperty("log").GetProperty("watermark").GetUInt64())
            {
                return status;
            }

            await Task.Delay(_pause).ConfigureAwait(false);
        }
    }

    private static async Task<string[]> LiveAsync(ServedNode node) =>
        [.. (await node.GetAsync("/mempool?limit=500").ConfigureAwait(false)).GetProperty("transactions").EnumerateArray().Select(static tx => tx.GetProperty("hash").GetString()!)];

    /// <summary>Transactions of the first half of the log, spread over it: the fold has forgotten them.</summary>
    private static async Task<string[]> HistoryAsync(ServedNode node, ulong end)
    {
        var hashes = new List<string>();
        const int Places = 100;
        for (int i = 0; i < Places; i++)
        {
            ulong after = end / 2 / Places * (ulong)i;
            var page = await node.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/events?types=TxSeen&limit=5&after={after}")).ConfigureAwait(false);
            hashes.AddRange(page.GetProperty("events").EnumerateArray().Select(static item => item.GetProperty("tx").GetString()!));
        }

        return [.. hashes.Distinct(StringComparer.Ordinal)];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
