using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Mempulse.Canon;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Cli.Recording;

/// <summary><c>mempulse record --rpc URL --out DIR</c>: a log from nodes, without a service.</summary>
internal sealed class RecordCommand(EventLog log, RecordPlan plan, TimeProvider time)
{
    private const string HostLane = "host";
    private const string WriterName = "mempulse record";
    private const long NanosecondsPerTick = 100;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(8);

    private readonly FoldPump _pump = new(log, plan.Chain, time);

    public static Command Build(CommandContext context)
    {
        var rpc = new Option<string[]>("--rpc") { Description = "A node's WebSocket address, ws:// or wss://; may be given several times, each is a source.", Required = true };
        var output = new Option<string>("--out") { Description = "Directory of the log; one that is there is continued.", Required = true };
        var chain = new Option<ulong>("--chain") { Description = "The chain id that every node must serve.", DefaultValueFactory = _ => 1 };
        var seconds = new Option<double?>("--for") { Description = "Stop after so many seconds; otherwise Ctrl-C stops." };
        var command = new Command("record", "Record nodes' pending transactions and blocks into a log, with everything that follows from them.") { rpc, output, chain, seconds };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = PlanOf(parsed.GetRequiredValue(rpc), parsed.GetValue(chain), parsed.GetValue(seconds));
            string directory = parsed.GetRequiredValue(output);
            using var log = EventLog.Open(new EventLogOptions { Directory = directory, Chain = plan.Chain, Time = context.Time });
            var record = new RecordCommand(log, plan, context.Time);
            var (last, digest) = await context.Progress.RunAsync("Recording", _ => record.RunAsync(cancellationToken).GetAwaiter().GetResult()).ConfigureAwait(false);
            context.Write(
                parsed,
                text => text.WriteLine($"final {last} {digest}"),
                () => new JsonObject { ["directory"] = directory, ["seq"] = last.Value, ["digest"] = digest.ToString() });
            return log.Failure is null ? ExitCode.Good : ExitCode.Environment;
        });
        return command;
    }

    private static RecordPlan PlanOf(IReadOnlyList<string> addresses, ulong chain, double? seconds)
    {
        var endpoints = new List<RpcEndpoint>();
        foreach (string address in addresses)
        {
            if (!RpcEndpoint.TryParse(name: null, address, callAddress: null, out var endpoint, out string? problem))
            {
                throw new UsageException(problem);
            }

            endpoints.Add(endpoint);
        }

        if (seconds is <= 0 or > int.MaxValue / 1000)
        {
            throw new UsageException("--for is a number of seconds above zero.");
        }

        var plan = new RecordPlan(new ChainId(chain), endpoints, seconds is { } limit ? TimeSpan.FromSeconds(limit) : Timeout.InfiniteTimeSpan);
        try
        {
            plan.Pending.Validate();
            return plan;
        }
        catch (ValidationException e)
        {
            throw new UsageException(e.Message, e);
        }
    }

    private async Task<(GlobalSeq Last, StateDigest Digest)> RunAsync(CancellationToken cancellationToken)
    {
        _pump.CatchUp(cancellationToken);
        SeenBlock[] known = [.. _pump.Engine.Pool.CanonicalBlocks().Select(block => new SeenBlock(block.Number, block.Hash, block.ParentHash))];
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        using var finish = new CancellationTokenSource();
        var pumping = Task.Run(() => _pump.RunAsync(finish.Token), CancellationToken.None);
        var sink = new LogSink(log);
        var pending = new RpcLane(plan.Pending, new DecodedBodies(plan.Pending.Pipeline.RecentBodies), sink, time);
        await using (pending.ConfigureAwait(false))
        {
            var blocks = new BlockFollower(plan.Blocks with { ResumeFrom = known }, sink, time);
            await using (blocks.ConfigureAwait(false))
            {
                await RunLanesAsync([pending, blocks], pumping, cancellationToken).ConfigureAwait(false);
            }
        }

        await finish.CancelAsync().ConfigureAwait(false);
        await pumping.ConfigureAwait(false);
        return (_pump.Engine.Applied, _pump.Engine.Digest());
    }

    /// <summary>A term begins with the fold's parameters on record, so that a replay uses what was used live.</summary>
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var host = new EventBatch(LaneId.Of(HostLane));
        ulong localSeq = (log.LastPosition(host.Lane)?.LocalSeq ?? 0) + 1;
        var at = new UnixNanoseconds((time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * NanosecondsPerTick);
        host.Add(new LogEvent.EpochStarted(log.Epoch, plan.Chain, WriterName, new FoldParameters()), RecordMeta.Fact(host.Lane, localSeq, at, default));
        await log.AppendAsync(host, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunLanesAsync(IReadOnlyList<IIngestLane> lanes, Task pumping, CancellationToken cancellationToken)
    {
        foreach (var lane in lanes)
        {
            await lane.StartAsync(cancellationToken).ConfigureAwait(false);
        }

        // Whatever ends first ends the recording: the time, Ctrl-C, a lane or the fold that broke.
        var limit = Task.Delay(plan.Limit, time, cancellationToken);
        await Task.WhenAny([limit, pumping, .. lanes.Select(lane => lane.Completion)]).ConfigureAwait(false);
        using var patience = new CancellationTokenSource(StopPatience, time);
        foreach (var lane in lanes)
        {
            await lane.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
