using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using Spectre.Console;

namespace Mempulse.Cli.Monitoring;

/// <summary><c>mempulse top</c>: a live view of a running node.</summary>
internal sealed class TopCommand(CommandContext context, HttpClient client, TopQuery query)
{
    private const string KeyVariable = "MEMPULSE_API_KEY";
    private const string DefaultUrl = "http://127.0.0.1:5100";
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private NodeStatus? _before;

    public static Command Build(CommandContext context)
    {
        var url = new Option<string>("--url") { Description = "Address of the node.", DefaultValueFactory = _ => DefaultUrl };
        var chain = new Option<ulong?>("--chain") { Description = "The chain id; by default the node's first chain." };
        var interval = new Option<double>("--interval") { Description = "Seconds between updates.", DefaultValueFactory = _ => 1 };
        var count = new Option<int?>("--count") { Description = "Number of updates; by default until Ctrl-C." };
        var command = new Command("top", $"Watch a running node: rates, pool by state, lag, queues, drops, sources. A key of its API is read from {KeyVariable}.") { url, chain, interval, count };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string address = parsed.GetRequiredValue(url);
            if (!Uri.TryCreate(address, UriKind.Absolute, out var node) || node.Scheme is not ("http" or "https"))
            {
                throw new UsageException($"'{address}' is not a valid address of a node: expected http:// or https://.");
            }

            if (parsed.GetValue(interval) is not (>= 0.1 and <= 3600) || parsed.GetValue(count) is <= 0)
            {
                throw new UsageException("The options are not valid: expected --interval from 0.1 to 3600 seconds and --count of 1 or more.");
            }

            string path = parsed.GetValue(chain) is { } id ? $"status?chain={id}" : "status";
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan }; // AskAsync has its own
            if (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key)
            {
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            }

            var query = new TopQuery(
                new Uri(node, path), TimeSpan.FromSeconds(parsed.GetValue(interval)), parsed.GetValue(count) ?? int.MaxValue, parsed.GetValue(context.Json) ? TopForm.Json : TopForm.Screen);
            return await new TopCommand(context, client, query).RunAsync(cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A node that does not answer the first request is an error. One that stops answering later is part of the view.
            string first = await AskAsync(cancellationToken).ConfigureAwait(false);
            if (query.Form == TopForm.Screen && context.Terminal.IsOutputWatched)
            {
                await WatchAsync(first, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await PrintAsync(first, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C ends the view.
        }

        return ExitCode.Good;
    }

    private async Task PrintAsync(string answer, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Terminal.Output) });
        for (int look = 1; ; look++)
        {
            if (query.Form == TopForm.Json)
            {
                await context.Terminal.Output.WriteLineAsync(answer.ReplaceLineEndings(string.Empty)).ConfigureAwait(false);
            }
            else
            {
                console.Write(Draw(answer));
            }

            if (look == query.Count)
            {
                return;
            }

            await Task.Delay(query.Interval, context.Time, cancellationToken).ConfigureAwait(false);
            answer = await AskAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WatchAsync(string answer, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Terminal.Output) });
        await console.Live(Draw(answer)).StartAsync(async live =>
        {
            for (int look = 1; look < query.Count; look++)
            {
                live.Refresh();
                await Task.Delay(query.Interval, context.Time, cancellationToken).ConfigureAwait(false);
                live.UpdateTarget(await LookAsync(cancellationToken).ConfigureAwait(false));
            }
        }).ConfigureAwait(false);
    }

    private async Task<Spectre.Console.Rendering.IRenderable> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Draw(await AskAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (HttpRequestException e)
        {
            return new Markup($"[red]{Markup.Escape(e.Message)}[/]");
        }
    }

    private Spectre.Console.Rendering.IRenderable Draw(string answer)
    {
        NodeStatus status;
        try
        {
            status = JsonSerializer.Deserialize<NodeStatus>(answer, s_json) ?? new NodeStatus();
        }
        catch (JsonException e)
        {
            throw new HttpRequestException($"'{query.Address}' is not a Mempulse node: its answer is not a status.", e);
        }

        var drawn = StatusScreen.Draw(status, _before);
        _before = status;
        return drawn;
    }

    private async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(AnswerPatience, context.Time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var answer = await client.GetAsync(query.Address, ended.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode
                ? await answer.Content.ReadAsStringAsync(ended.Token).ConfigureAwait(false)
                : throw new HttpRequestException($"The node at {query.Address} answered with status {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException e) when (e.StatusCode is null && e.HttpRequestError != HttpRequestError.Unknown)
        {
            throw new HttpRequestException($"Cannot reach a node at {query.Address}: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"Cannot reach a node at {query.Address}: no answer within {AnswerPatience.TotalSeconds} s.", e);
        }
    }
}
