using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.ChainState.Recorded;
using Mempulse.Canon.Format;
using Mempulse.Cli.Audits;
using Mempulse.Cli.Bundles;
using Mempulse.Cli.Captures;
using Mempulse.Cli.Cases;
using Mempulse.Cli.Databases;
using Mempulse.Cli.Decoding;
using Mempulse.Cli.Descriptors;
using Mempulse.Cli.Executors;
using Mempulse.Cli.Keys;
using Mempulse.Cli.Logs;
using Mempulse.Cli.Monitoring;
using Mempulse.Cli.Opportunities;
using Mempulse.Cli.Ranking;
using Mempulse.Cli.Reasons;
using Mempulse.Cli.Recording;
using Mempulse.Cli.Registries;
using Mempulse.Cli.Relays;
using Mempulse.Cli.Replays;
using Mempulse.Cli.Simulations;
using Mempulse.Cli.Terminals;
using Mempulse.Cli.Traces;
using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Net.Captures;
using Mempulse.Storage.Cases;
using Mempulse.Storage.Contents;

namespace Mempulse.Cli;

/// <summary>The <c>mempulse</c> command: its subcommands, and the exit code of each failure.</summary>
internal static class CommandLine
{
    /// <summary>What an interrupted command may take to end by itself. Beyond it the process ends anyway.</summary>
    private static readonly TimeSpan TerminationPatience = TimeSpan.FromSeconds(10);

    /// <summary>Runs one command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        var context = new CommandContext(terminal, time);
        var parsed = BuildRoot(context).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Fail(context, parsed, SentenceOf(parsed), ExitCode.Usage);
        }

        var invocation = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // the caller's token is cancelled by signals
        };
        try
        {
            return await InvokeAsync(parsed, invocation, time, cancellationToken).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            return Fail(context, parsed, e.Message, ExitCode.Usage);
        }
        catch (Exception e) when (e is CaptureDamagedException or RecordedStateDamagedException or LogCorruptException or ContentDamagedException or CaseDamagedException or RulesUnavailableException or RegistryException or DescriptorException)
        {
            return Fail(context, parsed, e.Message, ExitCode.Damage);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Fail(context, parsed, e.Message, ExitCode.Usage);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            return Fail(context, parsed, e.Message, ExitCode.Environment);
        }
        catch (OperationCanceledException)
        {
            return Fail(context, parsed, "Interrupted: what was written before is kept and complete.", ExitCode.Interrupted);
        }
    }

    /// <summary>Runs a command until it ends, or until it was interrupted and did not end in time.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    private static async Task<int> InvokeAsync(ParseResult parsed, InvocationConfiguration invocation, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var running = Task.Run(() => parsed.InvokeAsync(invocation, cancellationToken), CancellationToken.None);
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var registration = cancellationToken.UnsafeRegister(static patience => ((CancellationTokenSource)patience!).CancelAfter(TerminationPatience), patience).ConfigureAwait(false);
        return await running.WaitAsync(patience.Token).ConfigureAwait(false);
    }

    /// <summary>The commands.</summary>
    internal static RootCommand BuildRoot(CommandContext context) => new("Inspects, replays and records Mempulse logs, and makes and plays captures.")
    {
        context.Json,
        LogCommands.Build(context),
        ReplayCommand.Build(context),
        DiffCommand.Build(context),
        RecordCommand.Build(context),
        TopCommand.Build(context),
        SimCommands.Build(context),
        OppsCommand.Build(context),
        BundlesCommand.Build(context),
        RelaysCommand.Build(context),
        DecodeCommand.Build(context),
        ExplainCommand.Build(context),
        WhyCommand.Build(context),
        AuditCommand.Build(context),
        TraceCommands.Build(context),
        KeyCommands.Build(context),
        CaseCommands.Build(context),
        RegistryCommands.Build(context),
        CaptureCommands.Build(context),
        DatabaseCommands.Build(context),
        ExecutorCommands.Build(context),
        RelaySimCommand.Build(context),
    };

    /// <summary>The error of a command line that does not parse, as one sentence.</summary>
    private static string SentenceOf(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.Count > 0)
        {
            return $"'{parsed.UnmatchedTokens[0]}' is not a valid command, argument or option: see 'mempulse --help'.";
        }

        return parsed.CommandResult.Command.Subcommands.Count > 0
            ? "A command is missing: see 'mempulse --help'."
            : parsed.Errors[0].Message;
    }

    private static int Fail(CommandContext context, ParseResult parsed, string sentence, int exitCode)
    {
        context.Terminal.Error.WriteLine($"mempulse: {sentence}");
        if (parsed.GetResult(context.Json) is { Implicit: false })
        {
            context.Terminal.WriteJson(new JsonObject { ["error"] = sentence, ["exitCode"] = exitCode });
        }

        return exitCode;
    }
}
