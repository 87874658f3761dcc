using System.Diagnostics;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Logs;
using Mempulse.Net.Captures;
using Mempulse.Net.Decoding;
using Mempulse.Net.Playback;
using Mempulse.Node;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Waiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mempulse.Benchmarks.Node;

/// <summary>A whole node in this process, composed like the program, with or without a playback lane.</summary>
internal sealed class NodeRun : IAsyncDisposable
{
    /// <summary>The chain of every run.</summary>
    public static readonly ChainId Chain = new(1);

    /// <summary>The lane of its capture.</summary>
    public static readonly LaneId Lane = LaneId.Of(PlaybackOptions.DefaultLaneName);

    private readonly WebApplication _app;

    private NodeRun(WebApplication app) => _app = app;

    /// <summary>The chain's log in the silo.</summary>
    public ChainLog Log => _app.Services.GetRequiredService<LogHost>().Of(Chain);

    /// <summary>The grains of its silo.</summary>
    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Starts a node on a directory, without sources, that simulates on the state of the given nodes.</summary>
    public static Task<NodeRun> StartAsync(string directory, IReadOnlyList<ChainInput> states) => StartAsync(directory, [], new NodeOptions { StateSources = states });

    /// <summary>Starts a node on a directory that follows the given nodes and simulates on their state.</summary>
    public static async Task<NodeRun> FollowAsync(string directory, IReadOnlyList<ChainInput> chains)
    {
        var options = new NodeOptions { Chains = chains };
        return await StartAsync(directory, (await LiveInput.OfAsync(options, CancellationToken.None)).Lanes, options);
    }

    /// <summary>Starts a node on a directory that follows the given nodes, simulates on their state, and plays a capture beside them.</summary>
    /// <param name="directory">Where its data is.</param>
    /// <param name="options">The nodes, and who acts.</param>
    /// <param name="capture">The capture.</param>
    /// <param name="clock">The clock of the lane that plays it.</param>
    /// <param name="settings">Settings of the node.</param>
    public static async Task<NodeRun> FollowAsync(string directory, NodeOptions options, Func<CaptureReader> capture, TimeProvider clock, params KeyValuePair<string, string?>[] settings)
    {
        var live = (await LiveInput.OfAsync(options, CancellationToken.None)).Lanes;
        return await StartAsync(directory, [.. live, PlanOf(capture, PlaybackPace.Recorded, TransactionBodyDecoder.For(Chain), clock)], options, builder => builder.Configuration.AddInMemoryCollection(settings));
    }

    /// <summary>Starts a node on a directory, without sources.</summary>
    public static Task<NodeRun> StartAsync(string directory) => StartAsync(directory, [], new NodeOptions());

    /// <summary>Starts a node on a directory; its lane starts as soon as the fold has caught up.</summary>
    public static Task<NodeRun> StartAsync(
        string directory, Func<CaptureReader> capture, PlaybackPace pace, Func<TransactionBodyDecoder> decoders, TimeProvider clock, Action<WebApplicationBuilder>? configure = null) =>
        StartAsync(directory, [PlanOf(capture, pace, decoders, clock)], new NodeOptions(), configure);

    private static async Task<NodeRun> StartAsync(string directory, IReadOnlyList<LanePlan> lanes, NodeOptions given, Action<WebApplicationBuilder>? configure = null)
    {
        var input = new NodeInput([Chain], lanes, IsSynthetic: true, new FoldParameters(), "bench");
        var options = given with { Urls = ["http://127.0.0.1:0"], Directory = directory };
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        configure?.Invoke(builder);
        var app = NodeHost.Build(builder, options, input, directory);
        await app.StartAsync().ConfigureAwait(false);
        return new NodeRun(app);
    }

    /// <summary>Status of the fold.</summary>
    public ValueTask<PoolStatus> StatusAsync() => Grains.Mempool(Chain).GetStatus();

    /// <summary>Waits until a block is canonical in the fold.</summary>
    public Task WaitForAsync(Hash256 block) => Until.TrueAsync(
        async () => await Grains.Mempool(Chain).CanonicalBlocks() is { } blocks && blocks.Any(known => known.Hash == block), $"the node observes block {block}");

    /// <summary>Waits until the log has a number of records of the lane and everything durable, including derived events, is folded.</summary>
    /// <param name="records">Records of the lane.</param>
    /// <param name="look">Called periodically with the number of the lane's durable records.</param>
    /// <returns>The timestamp at which the last record was found folded.</returns>
    public async Task<long> WaitForAsync(ulong records, Action<ulong> look)
    {
        var pause = TimeSpan.FromMilliseconds(5);
        var quiet = TimeSpan.FromMilliseconds(200);
        var (applied, moved) = (GlobalSeq.None, Stopwatch.GetTimestamp());
        while (true)
        {
            await Task.Delay(pause).ConfigureAwait(false);
            ulong durable = Log.LastSequence(Lane)?.LocalSeq ?? 0;
            look(durable);
            var now = Log.Progress.Applied;
            if (now != applied)
            {
                (applied, moved) = (now, Stopwatch.GetTimestamp());
            }
            else if (durable >= records && applied >= Log.Reader.Watermark && Stopwatch.GetElapsedTime(moved) > quiet)
            {
                return moved;
            }

            if (Stopwatch.GetElapsedTime(moved) > TimeSpan.FromSeconds(60))
            {
                var status = await StatusAsync().ConfigureAwait(false);
                throw new InvalidOperationException($"The node makes no progress: {durable} of {records} records of the lane, fold {status.Phase} at {applied} of {Log.Reader.Watermark}. {status.Failure}");
            }
        }
    }

    /// <summary>Stops the node as a signal does.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static LanePlan PlanOf(Func<CaptureReader> capture, PlaybackPace pace, Func<TransactionBodyDecoder> decoders, TimeProvider clock) => new(PlaybackOptions.DefaultLaneName, Chain, IsSynthetic: true, context =>
        new PlaybackLane(capture(), new PlaybackOptions { Pace = pace }, context.Sink, decoders, clock));
}
