using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mempulse.Benchmarks.Node;

namespace Mempulse.Benchmarks.Dashboards;

/// <summary>The budgets of the dashboard: what a page weighs, when it is painted, what an update weighs, and what viewers cost the node.</summary>
/// <remarks>The node is a process of its own. Viewers open circuits without a browser, in this process; Chromium is only asked for the first paint.</remarks>
internal sealed partial class DashboardFigures : IFigures
{
    private const int TxsPerSecond = 500;
    private const int Pace = TxsPerSecond * MadeCapture.EventsPerTx;
    private const int WaitingTxs = 2_000;
    private const int CaptureSeconds = 240;
    private const int Paints = 5;
    private const int ManyViewers = 50;

    private static readonly TimeSpan _round = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _settling = TimeSpan.FromSeconds(3);
    private static readonly string[] _screens = ["/", "/opportunities", "/blocks", "/replay", "/health", "/tx/HASH"];

    public string Area => "dashboard";

    public void Print(TextWriter output) => PrintAsync(output).GetAwaiter().GetResult();

    private static async Task PrintAsync(TextWriter output)
    {
        string capture = CaptureFiles.At((long)Pace * CaptureSeconds, Pace, WaitingTxs);
        string directory = Directory.CreateTempSubdirectory("mempulse-dashboard-").FullName;
        try
        {
            await using var node = await ServedNode.StartAsync(directory, ["--capture", capture, "--speed", "1"], []).ConfigureAwait(false);
            await output.WriteLineAsync(Text($"dashboard: a node process that plays {TxsPerSecond} transactions a second, {WaitingTxs} waiting, on {Environment.ProcessorCount} cores")).ConfigureAwait(false);
            await Task.Delay(_warmUp).ConfigureAwait(false);
            await SizesAsync(output, node).ConfigureAwait(false);
            await output.WriteLineAsync("  viewers   log events/s   fold lag   node, cores   a viewer, % of a core   updates/s   a viewer's update, B on the wire   before compression   first full set, B on the wire").ConfigureAwait(false);
            double idle = 0;
            foreach (int viewers in new[] { 0, 1, ManyViewers, 0 })
            {
                double cores = await ViewersAsync(output, node, viewers, idle).ConfigureAwait(false);
                idle = viewers == 0 ? cores : idle;
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task SizesAsync(TextWriter output, ServedNode node)
    {
        using var client = new HttpClient { BaseAddress = node.Client.BaseAddress };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        string first = await client.GetStringAsync(new Uri("/", UriKind.Relative)).ConfigureAwait(false);
        string assets = Assets().Match(first).Value;
        async Task<int> Of(params string[] names)
        {
            int bytes = 0;
            foreach (string name in names)
            {
                bytes += (await client.GetByteArrayAsync(new Uri(assets + name, UriKind.Relative)).ConfigureAwait(false)).Length;
            }

            return bytes;
        }

        await output.WriteLineAsync(Text($"  own script {await Of("dash.js", "charts.js").ConfigureAwait(false):N0} B (at most 20,000), uPlot {await Of("uplot/uPlot.iife.min.js", "uplot/uPlot.min.css").ConfigureAwait(false):N0} B (50,000), fonts {await Of("fonts/inter-latin-wght-normal.woff2", "fonts/jetbrains-mono-latin-400-normal.woff2").ConfigureAwait(false):N0} B (70,000), blazor.web.js {await Of("blazor.web.js").ConfigureAwait(false):N0} B, before compression")).ConfigureAwait(false);
        await output.WriteLineAsync("  screen           HTML, B   HTML and its style sheets, B (60,000)   first paint, ms, median (1,000)   elements (2,000)").ConfigureAwait(false);
        string tx = (await node.GetAsync("/events?types=TxSeen&limit=1").ConfigureAwait(false)).GetProperty("events")[0].GetProperty("tx").GetString()!;
        var painted = await PaintTimes.StartAsync().ConfigureAwait(false);
        foreach (string screen in _screens)
        {
            var address = new Uri(client.BaseAddress!, screen.Replace("HASH", tx, StringComparison.Ordinal));
            string page = await client.GetStringAsync(address).ConfigureAwait(false);
            int html = Encoding.UTF8.GetByteCount(page);
            int sheets = await Of([.. Sheets().Matches(page).Select(static sheet => sheet.Groups[1].Value)]).ConfigureAwait(false);
            var times = new List<(double Milliseconds, int Elements)>();
            for (int i = 0; painted is not null && i < Paints; i++)
            {
                times.Add(await painted.OfAsync(address).ConfigureAwait(false));
            }

            string paint = times.Count == 0 ? "no Chromium" : Text($"{times.Select(static one => one.Milliseconds).Order().ElementAt(times.Count / 2),10:F0}{times.Max(static one => one.Elements),35:N0}");
            await output.WriteLineAsync(Text($"  {screen,-14}{html,10:N0}{html + sheets,29:N0}{paint,20}")).ConfigureAwait(false);
        }

        if (painted is not null)
        {
            await painted.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<double> ViewersAsync(TextWriter output, ServedNode node, int count, double idleCores)
    {
        using var stop = new CancellationTokenSource();
        CircuitViewer[] viewers = [.. Enumerable.Range(0, count).Select(_ => new CircuitViewer(node.Client.BaseAddress!))];
        var running = new List<Task>();
        foreach (var viewer in viewers)
        {
            await viewer.OpenAsync("/", stop.Token).ConfigureAwait(false);
            running.Add(viewer.RunAsync(stop.Token));
        }

        await Task.Delay(_settling).ConfigureAwait(false);
        long fullSet = viewers.Select(static viewer => viewer.WireBytes).DefaultIfEmpty().Max();
        var before = viewers.Select(static viewer => (viewer.WireBytes, viewer.PlainBytes, viewer.Drawn)).ToList();
        var (processor, position, started) = (node.ProcessorTime, await EndAsync(node).ConfigureAwait(false), Stopwatch.GetTimestamp());
        await Task.Delay(_round).ConfigureAwait(false);

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double cores = (node.ProcessorTime - processor).TotalSeconds / seconds;
        double logged = (await EndAsync(node).ConfigureAwait(false) - position) / seconds;
        ulong lag = (await node.GetAsync("/status").ConfigureAwait(false)).GetProperty("fold").GetProperty("lagEvents").GetUInt64();
        double frames = viewers.Zip(before, static (viewer, past) => viewer.Drawn - past.Drawn).Sum() / 2.0; // each update draws the plot and the strips
        double wire = viewers.Zip(before, static (viewer, past) => viewer.WireBytes - past.WireBytes).Sum();
        double plain = viewers.Zip(before, static (viewer, past) => viewer.PlainBytes - past.PlainBytes).Sum();
        string perViewer = count == 0 ? string.Empty : Text($"{(cores - idleCores) * 100 / count,24:F1}{frames / count / seconds,12:F2}{wire / Math.Max(1, frames),34:N0}{plain / Math.Max(1, frames),21:N0}{fullSet,32:N0}");
        await output.WriteLineAsync(Text($"  {count,7}{logged,15:N0}{lag,11:N0}{cores,14:F2}{perViewer}")).ConfigureAwait(false);
        var failed = running.FirstOrDefault(static one => one.IsFaulted);
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var viewer in viewers)
        {
            await viewer.DisposeAsync().ConfigureAwait(false);
        }

        if (failed is not null)
        {
            await failed.ConfigureAwait(false);
        }

        return cores;
    }

    private static async Task<ulong> EndAsync(ServedNode node) => (await node.GetAsync("/status").ConfigureAwait(false)).GetProperty("log").GetProperty("watermark").GetUInt64();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("rel=\"stylesheet\" href=\"/assets/[0-9a-f]+/([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Sheets();

    [GeneratedRegex("/assets/[0-9a-f]+/", RegexOptions.CultureInvariant)]
    private static partial Regex Assets();
}
