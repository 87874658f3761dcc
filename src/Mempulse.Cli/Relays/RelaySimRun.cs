using System.Globalization;
using System.Text.Json.Nodes;
using Mempulse.RelaySim;
using Mempulse.RelaySim.Bundles;
using Mempulse.RelaySim.Landing;

namespace Mempulse.Cli.Relays;

/// <summary>One run of the simulated builder: a line for each request and each block, until it is stopped.</summary>
internal sealed class RelaySimRun(CommandContext context, RelaySimQuery query, bool isJson)
{
    private readonly Lock _writing = new();
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs until Ctrl-C, or until the requests that were asked for have come.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var relay = await RelaySimulator.StartAsync(query.Plan, cancellationToken).ConfigureAwait(false);
        await using (relay.ConfigureAwait(false))
        {
            relay.Faults.Plan(query.Faults);
            relay.Answered = Report;
            Write(
                $"{query.Plan.Dialect.Title} listens at {relay.Address}",
                () => new JsonObject { ["dialect"] = query.Plan.Dialect.Name, ["address"] = relay.Address.AbsoluteUri });
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var landing = query.Every is { } every ? LandAsync(relay, every, ended.Token) : Task.Delay(Timeout.Infinite, ended.Token);
            try
            {
                var first = await Task.WhenAny(_enough.Task, landing).WaitAsync(cancellationToken).ConfigureAwait(false);
                await first.ConfigureAwait(false); // a node that fails ends the run
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Ctrl-C is how it is ended.
            }

            await ended.CancelAsync().ConfigureAwait(false);
        }

        return ExitCode.Good;
    }

    private async Task LandAsync(RelaySimulator relay, TimeSpan every, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(every, context.Time, cancellationToken).ConfigureAwait(false);
            Report(await relay.LandAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    private void Report(ReceivedRequest request)
    {
        string answer = request.Problem.Length > 0 ? $"refused: {request.Problem}" : FaultName.NameOf(request.Fault);
        Write(
            string.Create(CultureInfo.InvariantCulture, $"request {request.Number} {request.Method?.ToString() ?? "-"} {request.Searcher?.ToString() ?? "-"} {answer}"),
            () => new JsonObject
            {
                ["request"] = request.Number,
                ["method"] = request.Method?.ToString(),
                ["searcher"] = request.Searcher?.ToString(),
                ["fault"] = FaultName.NameOf(request.Fault),
                ["problem"] = request.Problem,
            });
        if (request.Number >= query.Count)
        {
            _enough.TrySetResult();
        }
    }

    private void Report(LandedBlock block)
    {
        int landed = block.Bundles.Count(bundle => bundle.Fate == BundleFate.Landed);
        Write(
            string.Create(CultureInfo.InvariantCulture, $"block {block.Number} {landed} of {block.Bundles.Count} bundles landed"),
            () => new JsonObject
            {
                ["block"] = block.Number.Value,
                ["bundles"] = new JsonArray([.. block.Bundles.Select(bundle => new JsonObject
                {
                    ["bundleHash"] = bundle.Hash.ToString(),
                    ["searcher"] = bundle.Searcher?.ToString(),
                    ["fate"] = bundle.Fate.ToString(),
                    ["bidWei"] = bundle.Bid.ToString(),
                    ["index"] = bundle.Index,
                })]),
            });
    }

    private void Write(string line, Func<JsonNode> json)
    {
        lock (_writing)
        {
            if (isJson)
            {
                context.Terminal.WriteJson(json());
            }
            else
            {
                context.Terminal.Output.WriteLine(line);
            }
        }
    }
}
