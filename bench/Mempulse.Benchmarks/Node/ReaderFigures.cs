using System.Diagnostics;
using System.Globalization;
using Mempulse.Testing.Anvil;

namespace Mempulse.Benchmarks.Node;

/// <summary>What clients that never read their answers cost a node that follows a chain: its memory, the time of /health, and what its log lacks.</summary>
/// <remarks>The node is a process of its own. Without bounds it is the same program with limits that nothing reaches.</remarks>
internal sealed class ReaderFigures : IFigures
{
    private const int Readers = 2_000;
    private const int Rounds = 3;
    private const int TxsBefore = 2_000;
    private const string Huge = "1099511627776";
    private static readonly TimeSpan _round = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _healthLimit = TimeSpan.FromSeconds(30);

    private static readonly KeyValuePair<string, string>[] _boundless =
    [
        new("Mempulse__Api__MaxRequests", "65536"),
        new("Mempulse__Api__MaxWaitingRequests", "65536"),
        new("Mempulse__Api__MaxResponseBytes", Huge),
        new("Mempulse__Api__MinBytesPerSecond", "1"),
    ];

    public string Area => "readers";

    public void Print(TextWriter output) => PrintAsync(output).GetAwaiter().GetResult();

    private static async Task PrintAsync(TextWriter output)
    {
        await output.WriteLineAsync(Text($"readers: a node process that follows anvil at 200 tx/s; {Readers:N0} readers of /events?limit=1000 that never read, {Rounds} times for {_round.TotalSeconds:F0} s, on {Environment.ProcessorCount} cores")).ConfigureAwait(false);
        await output.WriteLineAsync("  bounds   readers   resident MB   /health ms: p50     p99     max   refused     cut   txs sent   missing   drops").ConfigureAwait(false);
        await RunAsync(output, "none", _boundless).ConfigureAwait(false);
        await RunAsync(output, "default", []).ConfigureAwait(false);
    }

    private static async Task RunAsync(TextWriter output, string name, KeyValuePair<string, string>[] settings)
    {
        string directory = Directory.CreateTempSubdirectory("mempulse-readers-").FullName;
        try
        {
            await using var anvil = await AnvilNode.StartAsync(default, null, "--gas-limit", "300000000").ConfigureAwait(false);
            await using var node = await ServedNode.StartAsync(directory, anvil.WebSocketAddress, settings).ConfigureAwait(false);
            var traffic = await SteadyTraffic.OnAsync(anvil).ConfigureAwait(false);
            await traffic.SendAsync(TxsBefore).ConfigureAwait(false);
            using var stop = new CancellationTokenSource();
            var sending = traffic.RunAsync(stop.Token);
            var idle = await WatchAsync(node, static () => Task.Delay(_round)).ConfigureAwait(false);
            var loaded = await WatchAsync(node, () => ReadAsync(node)).ConfigureAwait(false);
            var after = await WatchAsync(node, static () => Task.Delay(_round)).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
            int missing = traffic.Sent.Except(await node.SeenAsync().ConfigureAwait(false), StringComparer.Ordinal).Count();
            long drops = await DropsAsync(node).ConfigureAwait(false);
            await output.WriteLineAsync(Row(name, "before", idle, string.Empty)).ConfigureAwait(false);
            await output.WriteLineAsync(Row(name, "2,000", loaded, string.Empty)).ConfigureAwait(false);
            await output.WriteLineAsync(Row(name, "after", after, Text($"{traffic.Sent.Count,11:N0}{missing,10:N0}{drops,8:N0}"))).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task ReadAsync(ServedNode node)
    {
        for (int round = 0; round < Rounds; round++)
        {
            using var readers = await IdleReaders.OpenAsync(Readers, node.Client.BaseAddress!.Port).ConfigureAwait(false);
            await Task.Delay(_round).ConfigureAwait(false);
        }
    }

    /// <summary>Measures every 100 ms while something runs.</summary>
    private static async Task<Watch> WatchAsync(ServedNode node, Func<Task> run)
    {
        var watch = new Watch();
        var running = run();
        while (!running.IsCompleted)
        {
            watch.ResidentBytes = Math.Max(watch.ResidentBytes, node.ResidentBytes);
            watch.HealthMs.Add(await HealthAsync(node).ConfigureAwait(false));
            await Task.Delay(_between).ConfigureAwait(false);
        }

        await running.ConfigureAwait(false);
        string metrics = await node.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)).ConfigureAwait(false);
        watch.HealthMs.Sort();
        (watch.Refused, watch.Cut) = (Sum(metrics, "mempulse_api_refused_total"), Sum(metrics, "mempulse_api_cut_total"));
        return watch;
    }

    private static async Task<double> HealthAsync(ServedNode node)
    {
        long started = Stopwatch.GetTimestamp();
        using var limit = new CancellationTokenSource(_healthLimit);
        try
        {
            using var answer = await node.Client.GetAsync(new Uri("/health", UriKind.Relative), limit.Token).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException)
        {
            return _healthLimit.TotalMilliseconds;
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<long> DropsAsync(ServedNode node) => (await node.GetAsync("/status").ConfigureAwait(false)).GetProperty("lanes").EnumerateArray()
        .SelectMany(static lane => lane.GetProperty("drops").EnumerateObject())
        .Sum(static drop => drop.Value.GetInt64());

    private static long Sum(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Sum(static line => (long)double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));

    private static string Row(string bounds, string readers, Watch watch, string end) => Text(
        $"  {bounds,-9}{readers,-10}{watch.ResidentBytes / 1e6,11:N0}{watch.At(0.5),19:F1}{watch.At(0.99),8:F1}{watch.At(1),8:F1}{watch.Refused,10:N0}{watch.Cut,8:N0}{end}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Watch
    {
        public List<double> HealthMs { get; } = [];

        public long ResidentBytes { get; set; }

        public long Refused { get; set; }

        public long Cut { get; set; }

        public double At(double quantile) => HealthMs[(int)(quantile * (HealthMs.Count - 1))];
    }
}
