using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Mempulse.Canon;
using Mempulse.Cli.Decoding;
using Mempulse.Folding;
using Mempulse.Folding.Following;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Storage.Rules;

namespace Mempulse.Cli.Recording;

/// <summary><c>mempulse record --rpc URL --out DIR</c>: records a log from nodes, without a service.</summary>
internal sealed class RecordCommand(EventLog log, CommitFeed commits, string directory, RegistryFile registry, RecordPlan plan, SourceWatch watch, TimeProvider time)
{
    private const double DefaultPatienceSeconds = 30;

    private const string WriterName = "mempulse record";
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(8);

    public static Command Build(CommandContext context)
    {
        var rpc = new Option<string[]>("--rpc") { Description = "A node's address: ws:// or wss:// to subscribe, http:// or https:// to poll; may be repeated, once per source.", Required = true };
        var output = new Option<string>("--out") { Description = "Directory of the log; an existing log is continued.", Required = true };
        var chain = new Option<ulong>("--chain") { Description = "The chain id that every node must serve.", DefaultValueFactory = _ => 1 };
        var seconds = new Option<double?>("--for") { Description = "Seconds to record; by default until Ctrl-C." };
        var patience = new Option<double>("--patience")
        {
            Description = "Seconds after which the recording fails if no source has sent anything.",
            DefaultValueFactory = _ => DefaultPatienceSeconds,
        };
        var rules = RegistryOption.Build();
        var command = new Command("record", "Record nodes' pending transactions and blocks into a log, with their derived events.") { rpc, output, chain, seconds, patience, rules };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = PlanOf(parsed.GetRequiredValue(rpc), parsed.GetValue(chain), parsed.GetValue(seconds), parsed.GetValue(patience));
            string directory = parsed.GetRequiredValue(output);
            var registry = RegistryOption.Read(parsed.GetValue(rules));
            var commits = new CommitFeed();
            using var log = EventLog.Open(new EventLogOptions
            {
                Directory = directory,
                Chain = plan.Chain,
                Observer = commits,
                Damaged = damage => context.Terminal.Error.WriteLine($"mempulse: the log is damaged. {damage}"),
                Time = context.Time,
            });
            var watch = new SourceWatch(context.Terminal.Error, context.Time);
            var record = new RecordCommand(log, commits, directory, registry, plan, watch, context.Time);
            var (last, digest) = await context.Progress.RunAsync("Recording", _ => record.RunAsync(cancellationToken).GetAwaiter().GetResult()).ConfigureAwait(false);
            watch.ThrowIfNothingReceived();
            context.Write(
                parsed,
                text => text.WriteLine($"final {last} {digest}"),
                () => new JsonObject { ["directory"] = directory, ["seq"] = last.Value, ["digest"] = digest.ToString() });
            return log.Failure is null ? ExitCode.Good : ExitCode.Environment;
        });
        return command;
    }

    private static RecordPlan PlanOf(IReadOnlyList<string> addresses, ulong chain, double? seconds, double patience)
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

        const int maxSeconds = int.MaxValue / 1000;
        if (seconds is <= 0 or > maxSeconds)
        {
            throw new UsageException($"The value of --for is not valid: expected more than 0 and at most {maxSeconds} seconds.");
        }

        if (patience is not (> 0 and <= maxSeconds))
        {
            throw new UsageException($"The value of --patience is not valid: expected more than 0 and at most {maxSeconds} seconds.");
        }

        var plan = new RecordPlan(new ChainId(chain), endpoints, seconds is { } limit ? TimeSpan.FromSeconds(limit) : Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(patience));
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
        var at = RecordClock.Now(time);
        await log.AppendAsync(EpochStart.Of(log, plan.Chain, WriterName, new FoldParameters(), at), cancellationToken).ConfigureAwait(false);
        await log.AppendAsync(RulesRecorder.Store(registry, directory, log, at), cancellationToken).ConfigureAwait(false);
        var fold = new RecordedFold(log, commits, directory, plan.Chain, time);
        await using (fold.ConfigureAwait(false))
        {
            SeenBlock[] known = [.. (await fold.StartAsync(cancellationToken).ConfigureAwait(false)).Select(block => new SeenBlock(block.Number, block.Hash, block.ParentHash) { LacksReceipts = block.LacksReceipts })];
            await RunLanesAsync(known, fold.Completion, cancellationToken).ConfigureAwait(false);
            return await fold.FinishAsync(Task.Delay(StopPatience, time, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private async Task RunLanesAsync(IReadOnlyList<SeenBlock> known, Task folding, CancellationToken cancellationToken)
    {
        var sink = new LogSink(log);
        var pending = new RpcLane(plan.Pending, new DecodedBodies(plan.Pending.Pipeline.RecentBodies), sink, time);
        await using (pending.ConfigureAwait(false))
        {
            var blocks = new BlockFollower(plan.Blocks with { ResumeFrom = known }, sink, time);
            await using (blocks.ConfigureAwait(false))
            {
                await RunAsync([pending, blocks], folding, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task RunAsync(IReadOnlyList<IIngestLane> lanes, Task folding, CancellationToken cancellationToken)
    {
        foreach (var lane in lanes)
        {
            await lane.StartAsync(cancellationToken).ConfigureAwait(false);
        }

        // The first to end ends the recording: the time limit, Ctrl-C, a lane, a failed fold, or the silence of every source.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var limit = LimitAsync(ended.Token);
        var silence = watch.RunAsync(lanes, plan.Patience, ended.Token);
        await Task.WhenAny([limit, silence, folding, .. lanes.Select(lane => lane.Completion)]).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await silence.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var patience = new CancellationTokenSource(StopPatience, time);
        foreach (var lane in lanes)
        {
            await lane.StopAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The time limit, but not before a source has sent something or failed: an end without either could not say why.</summary>
    private async Task LimitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(plan.Limit, time, cancellationToken).ConfigureAwait(false);
        await watch.Known.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
