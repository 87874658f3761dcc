using System.Diagnostics;
using System.Globalization;
using Mempulse.Benchmarks.Ranking;
using Mempulse.Folding;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Net.Decoding;
using Mempulse.Primitives.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Benchmarks.Node;

/// <summary>The whole path in one process: playback, decoding, recovery, sequencer, log, stream, fold, derived events; its rate, delay and start.</summary>
/// <remarks>The long run takes minutes and gigabytes. <see cref="LongFlag"/> enables it: a number of facts for that run alone, or any other value for ten million.</remarks>
internal sealed class NodeFigures : IFigures
{
    /// <summary>The environment variable that enables the long run.</summary>
    public const string LongFlag = "MEMPULSE_BENCH_LONG";

    private const long ShortEvents = 100_000;
    private const long LongEvents = 10_000_000;
    private const int ShortRounds = 5;
    private const int PacedEvents = 200_000;
    private const int PacedEventsPerSecond = 10_000;

    public string Area => "node";

    public void Print(TextWriter output)
    {
        var shown = Console.Out;
        Console.SetOut(TextWriter.Null); // the node's output for its user
        try
        {
            PrintAsync(output).GetAwaiter().GetResult();
        }
        finally
        {
            Console.SetOut(shown);
        }
    }

    private static async Task PrintAsync(TextWriter output)
    {
        await output.WriteLineAsync(Text($"node: whole path in one process on {Environment.ProcessorCount} cores; facts played at maximal pace, one in four a body; durable, folded, derived events durable and folded")).ConfigureAwait(false);
        string flag = Environment.GetEnvironmentVariable(LongFlag) ?? string.Empty;
        bool isOnlyLong = long.TryParse(flag, NumberStyles.None, CultureInfo.InvariantCulture, out long facts) && facts > 1;
        if (!isOnlyLong)
        {
            await RateAsync(output, ShortEvents, ShortRounds).ConfigureAwait(false);
            await FeaturesAsync(output, ShortEvents, ShortRounds).ConfigureAwait(false);
            await InDirectoryAsync(directory => DelayAsync(output, directory)).ConfigureAwait(false);
        }

        if (flag.Length > 0)
        {
            await InDirectoryAsync(directory => LongAsync(output, directory, isOnlyLong ? facts : LongEvents)).ConfigureAwait(false);
        }
        else
        {
            await output.WriteLineAsync($"  {LongFlag}=1 runs {LongEvents:N0} events as well").ConfigureAwait(false);
        }
    }

    private static async Task RateAsync(TextWriter output, long events, int rounds)
    {
        string capture = CaptureFiles.Get(events);
        var known = KnownSenders.Of(capture);
        var bound = RecoveryBound.Of(capture);
        var bounds = new List<double>();
        double rate = await RateAsync(output, capture, rounds, "senders recovered", TransactionBodyDecoder.For(NodeRun.Chain), () => bounds.Add(bound.Measure())).ConfigureAwait(false);
        await RateAsync(output, capture, rounds, "senders known beforehand", () => new TransactionBodyDecoder(NodeRun.Chain, known), static () => { }).ConfigureAwait(false);
        double limit = bounds.Order().ElementAt(bounds.Count / 2);
        await output.WriteLineAsync(Text($"  recovering the senders alone, on every core, in the same rounds: {limit:N0} facts/s; the node reaches {rate / limit:F2} of it")).ConfigureAwait(false);
    }

    private static async Task<double> RateAsync(TextWriter output, string capture, int rounds, string how, Func<TransactionBodyDecoder> decoders, Action betweenRounds)
    {
        var played = new List<NodePlay>();
        for (int round = 0; round <= rounds; round++)
        {
            played.Add(await InDirectoryAsync(directory => NodePlay.RunAsync(directory, capture, decoders)).ConfigureAwait(false));
            betweenRounds();
        }

        played.RemoveAt(0); // it warmed up
        var middle = played.OrderBy(play => play.Rate).ElementAt(rounds / 2);
        await output.WriteLineAsync(Text($"  {middle.Facts:N0} facts, {how}: {middle.Rate:N0} facts/s, the middle of {rounds} ({string.Join(", ", played.Select(play => Text($"{play.Rate:N0}")))}), with {middle.ProcessorMicros:F1} us of processor and {middle.AllocatedPerFact:N0} B allocated a fact, {string.Join("/", middle.Usage.Collections)} collections, {middle.Usage.PauseSeconds / middle.Seconds:P1} of the time paused")).ConfigureAwait(false);
        return middle.Rate;
    }

    /// <summary>The same path with calls of mainnet, their receipts and a registry: without the derivations that give them a meaning and with them, in turn.</summary>
    private static async Task FeaturesAsync(TextWriter output, long events, int rounds)
    {
        string capture = CaptureFiles.OfCalls(events);
        var known = KnownSenders.Of(capture);
        var bare = FoldComposition.Of(EventCatalog.Core, static _ => []);
        var (off, on) = (new List<NodePlay>(), new List<NodePlay>());
        for (int round = 0; round <= rounds; round++)
        {
            off.Add(await PlayAsync(builder => builder.Services.AddSingleton(bare)).ConfigureAwait(false));
            on.Add(await PlayAsync(static builder => builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("Mempulse:Rules:Registry", MainnetRules.Path)])).ConfigureAwait(false));
        }

        var (without, with) = (Middle(off), Middle(on));
        await output.WriteLineAsync(Text($"  {with.Facts:N0} facts of calls of mainnet with their receipts, senders known beforehand: {without.Rate:N0} facts/s without a registry and derivations, {with.Rate:N0} with them, {with.Rate / without.Rate:F2} of it, goal 0.90; the middle of {rounds} ({string.Join(", ", on.Skip(1).Zip(off.Skip(1), static (one, other) => Text($"{one.Rate / other.Rate:F2}")))}); {without.ProcessorMicros:F1} and {with.ProcessorMicros:F1} us of processor a fact")).ConfigureAwait(false);

        Task<NodePlay> PlayAsync(Action<WebApplicationBuilder> configure) =>
            InDirectoryAsync(directory => NodePlay.RunAsync(directory, capture, () => new TransactionBodyDecoder(NodeRun.Chain, known), configure));

        NodePlay Middle(List<NodePlay> played) => played.Skip(1).OrderBy(static play => play.Rate).ElementAt(rounds / 2); // the first warmed up
    }

    private static async Task<int> LongAsync(TextWriter output, string directory, long events)
    {
        var played = await NodePlay.RunAsync(directory, CaptureFiles.Get(events), TransactionBodyDecoder.For(NodeRun.Chain)).ConfigureAwait(false);
        await output.WriteLineAsync(Text($"  {played.Facts:N0} facts: {played.Rate:N0} facts/s, {played.Records / played.Seconds:N0} records/s ({played.Records:N0} with derived), {played.Usage.ProcessorSeconds / played.Seconds:F2} cores, {played.ProcessorMicros:F1} us of processor and {played.AllocatedPerFact:N0} B allocated a fact, {string.Join("/", played.Usage.Collections)} collections, {played.Usage.PauseSeconds / played.Seconds:P1} of the time paused")).ConfigureAwait(false);
        foreach (var step in played.Steps)
        {
            await output.WriteLineAsync(Text($"    after {step.Facts,11:N0}: {step.Rate,8:N0} facts/s since the last line, heap {step.HeapBytes / 1e6:F0} MB, working set {step.WorkingSetBytes / 1e6:F0} MB")).ConfigureAwait(false);
        }

        await output.WriteLineAsync($"    followed: {played.Status.Follower}").ConfigureAwait(false);
        await StartAsync(output, directory, "its last checkpoint").ConfigureAwait(false);
        string newest = Directory.EnumerateFiles(directory, "*.snap", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
        File.Delete(newest);
        await StartAsync(output, directory, "the checkpoint before, as after a crash").ConfigureAwait(false);
        return 0;
    }

    private static async Task StartAsync(TextWriter output, string directory, string from)
    {
        long started = Stopwatch.GetTimestamp();
        var node = await NodeRun.StartAsync(directory).ConfigureAwait(false);
        await using (node.ConfigureAwait(false))
        {
            PoolStatus status;
            do
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5)).ConfigureAwait(false);
                status = await node.StatusAsync().ConfigureAwait(false);
            }
            while (status.Phase is FoldPhase.Starting or FoldPhase.CatchingUp);

            await output.WriteLineAsync(Text($"  start on {node.Log.Reader.Watermark} records with {from}: {Stopwatch.GetElapsedTime(started).TotalSeconds:F2} s until {status.Phase} at {status.Applied}")).ConfigureAwait(false);
        }
    }

    private static async Task<int> DelayAsync(TextWriter output, string directory)
    {
        var delays = await NodeDelay.MeasureAsync(directory, CaptureFiles.Paced(PacedEvents, PacedEventsPerSecond), PacedEvents).ConfigureAwait(false);
        await output.WriteLineAsync(Text($"  at {PacedEventsPerSecond:N0} facts/s, from observation to applied, {delays.Count:N0} facts: p50 {At(delays, 0.5):F1} ms, p90 {At(delays, 0.9):F1}, p99 {At(delays, 0.99):F1}, p99.9 {At(delays, 0.999):F1}, most {delays[^1]:F1}")).ConfigureAwait(false);
        return 0;
    }

    private static double At(IReadOnlyList<double> ordered, double quantile) => ordered[(int)(quantile * (ordered.Count - 1))];

    private static async Task<T> InDirectoryAsync<T>(Func<string, Task<T>> run)
    {
        string directory = Directory.CreateTempSubdirectory("mempulse-node-").FullName;
        try
        {
            return await run(directory).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
