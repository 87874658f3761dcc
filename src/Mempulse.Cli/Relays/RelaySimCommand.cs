using System.CommandLine;
using Mempulse.Builder.Dialects;
using Mempulse.RelaySim;

namespace Mempulse.Cli.Relays;

/// <summary><c>mempulse relay-sim</c>: a builder on loopback for tests of what sends bundles.</summary>
internal static class RelaySimCommand
{
    private const string DefaultDialect = "titan";
    private const double MinSeconds = 0.01;
    private const double MaxSeconds = 3_600;

    public static Command Build(CommandContext context)
    {
        var dialect = new Option<string>("--dialect") { Description = $"The builder whose dialect it speaks: {string.Join(", ", RelayDialects.All.Select(known => known.Name))}.", DefaultValueFactory = _ => DefaultDialect };
        var port = new Option<int>("--port") { Description = "Port on loopback; 0 for a free one." };
        var rpc = new Option<string?>("--rpc") { Description = "HTTP address of an anvil (--no-mining --order fifo) on which bundles land." };
        var every = new Option<double?>("--every") { Description = "Seconds between the blocks that it makes on the node of --rpc." };
        var fault = new Option<string[]>("--fault") { Description = "How the next request is answered, or NAME:COUNT for several; may be repeated." };
        var lateBy = new Option<double>("--late-by") { Description = "Seconds by which a late answer is late.", DefaultValueFactory = _ => 2 };
        var count = new Option<int?>("--count") { Description = "Number of requests after which it ends; by default it runs until Ctrl-C." };
        var command = new Command("relay-sim", "Run a builder on loopback that takes, checks and lands bundles, and misbehaves on request.") { dialect, port, rpc, every, fault, lateBy, count };
        command.SetAction((parsed, cancellationToken) =>
        {
            string name = parsed.GetRequiredValue(dialect);
            double? seconds = parsed.GetValue(every);
            if (parsed.GetValue(port) is < 0 or > ushort.MaxValue || seconds is < MinSeconds or > MaxSeconds || parsed.GetValue(lateBy) is not (>= 0 and <= MaxSeconds) || parsed.GetValue(count) is <= 0)
            {
                throw new UsageException("The options are not valid: expected --port from 0 to 65535, --every from 0.01 and --late-by from 0 to 3600 seconds, and --count of 1 or more.");
            }

            var node = parsed.GetValue(rpc) is { } address ? NodeAt(address) : null;
            if (seconds is not null && node is null)
            {
                throw new UsageException("--every needs --rpc: without a node there is no chain to make blocks on.");
            }

            var plan = new SimulatorPlan
            {
                Dialect = RelayDialects.Find(name) ?? throw new UsageException($"'{name}' is not a known dialect: expected one of {string.Join(", ", RelayDialects.All.Select(known => known.Name))}."),
                Time = context.Time,
                Port = parsed.GetValue(port),
                Node = node,
                LateBy = TimeSpan.FromSeconds(parsed.GetValue(lateBy)),
            };
            var query = new RelaySimQuery(
                plan, [.. (parsed.GetValue(fault) ?? []).SelectMany(FaultName.Parse)], seconds is { } period ? TimeSpan.FromSeconds(period) : null, parsed.GetValue(count) ?? int.MaxValue);
            return new RelaySimRun(context, query, parsed.GetValue(context.Json)).RunAsync(cancellationToken);
        });
        return command;
    }

    private static Uri NodeAt(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var node) && node.Scheme is "http" or "https"
            ? node!
            : throw new UsageException($"'{address}' is not a valid address of a node: expected http:// or https://.");
}
