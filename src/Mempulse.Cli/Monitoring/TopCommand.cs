using System.CommandLine;
using Mempulse.Client;
using Mempulse.Client.Problems;
using Mempulse.Client.Status;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mempulse.Cli.Monitoring;

/// <summary><c>mempulse top</c>: a live view of a running node.</summary>
internal sealed class TopCommand(CommandContext context, MempulseClient client, TopQuery query)
{
    private const string KeyVariable = "MEMPULSE_API_KEY";
    private const string DefaultUrl = "http://127.0.0.1:5100";
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(5);

    private StatusResponse? _before;

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

            using var http = new HttpClient { BaseAddress = new Uri(node, "."), Timeout = Timeout.InfiniteTimeSpan }; // AskAsync has its own
            var client = new MempulseClient(http, new MempulseAccess { ApiKey = Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : null, Chain = parsed.GetValue(chain) });
            var query = new TopQuery(node, TimeSpan.FromSeconds(parsed.GetValue(interval)), parsed.GetValue(count) ?? int.MaxValue, parsed.GetValue(context.Json) ? TopForm.Json : TopForm.Screen);
            return await new TopCommand(context, client, query).RunAsync(cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A node that does not answer the first request is an error. One that stops answering later is part of the view.
            if (query.Form == TopForm.Json)
            {
                await RepeatAsync(PrintJsonAsync, cancellationToken).ConfigureAwait(false);
            }
            else if (context.Terminal.IsOutputWatched)
            {
                await WatchAsync(await AskAsync(client.ReadStatusAsync, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await RepeatAsync(PrintScreenAsync, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C ends the view.
        }

        return ExitCode.Good;
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> lookAsync, CancellationToken cancellationToken)
    {
        for (int look = 1; look <= query.Count; look++)
        {
            if (look > 1)
            {
                await Task.Delay(query.Interval, context.Time, cancellationToken).ConfigureAwait(false);
            }

            await lookAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PrintJsonAsync(CancellationToken cancellationToken)
    {
        string answer = await AskAsync(stop => client.ReadTextAsync("status", stop), cancellationToken).ConfigureAwait(false);
        await context.Terminal.Output.WriteLineAsync(answer.ReplaceLineEndings(string.Empty)).ConfigureAwait(false);
    }

    private async Task PrintScreenAsync(CancellationToken cancellationToken) =>
        Console().Write(Draw(await AskAsync(client.ReadStatusAsync, cancellationToken).ConfigureAwait(false)));

    private IAnsiConsole Console() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Terminal.Output) });

    private Task WatchAsync(StatusResponse first, CancellationToken cancellationToken) => Console().Live(Draw(first)).StartAsync(async live =>
    {
        for (int look = 1; look < query.Count; look++)
        {
            live.Refresh();
            await Task.Delay(query.Interval, context.Time, cancellationToken).ConfigureAwait(false);
            live.UpdateTarget(await LookAsync(cancellationToken).ConfigureAwait(false));
        }
    });

    private async Task<IRenderable> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Draw(await AskAsync(client.ReadStatusAsync, cancellationToken).ConfigureAwait(false));
        }
        catch (HttpRequestException e)
        {
            return new Markup($"[red]{Markup.Escape(e.Message)}[/]");
        }
    }

    private IRenderable Draw(StatusResponse status)
    {
        var drawn = StatusScreen.Draw(status, _before);
        _before = status;
        return drawn;
    }

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> askAsync, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(AnswerPatience, context.Time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await askAsync(ended.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e is not ProblemException)
        {
            throw new HttpRequestException($"Cannot reach a node at {query.Address}: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"Cannot reach a node at {query.Address}: no answer within {AnswerPatience.TotalSeconds} s.", e);
        }
    }
}
