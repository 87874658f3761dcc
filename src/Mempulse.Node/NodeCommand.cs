using System.CommandLine;
using Mempulse.Canon.Format;
using Mempulse.ChainState.Recorded;
using Mempulse.Grains.Hosting;
using Mempulse.Grains.Logs;
using Mempulse.Net.Captures;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Node.Starting;
using Mempulse.Storage.Contents;
using Mempulse.Storage.Postgres;

namespace Mempulse.Node;

/// <summary>The node as a command: reads its options and runs, or reports in one sentence why it cannot. See docs/cli.md for the exit codes.</summary>
internal static class NodeCommand
{
    /// <summary>It ran until it was stopped.</summary>
    public const int Good = 0;

    /// <summary>A file is damaged.</summary>
    public const int Damage = 1;

    /// <summary>An option or a setting is not valid; nothing was done.</summary>
    public const int BadUsage = 2;

    /// <summary>The environment failed: a locked log, a full disk, an address in use.</summary>
    public const int Environment = 3;

    /// <summary>Runs the node until it is stopped.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Where it says what it does.</param>
    /// <param name="errors">Where it says why it cannot.</param>
    /// <param name="stopped">Cancelled to stop it, also while it starts.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, CancellationToken stopped)
    {
        var command = NodeArguments.Build();
        command.SetAction((parsed, _) => RunAsync(parsed, output, stopped));
        try
        {
            var parsed = command.Parse(arguments);
            if (parsed.Errors.Count > 0)
            {
                NodeArguments.ThrowIfInvalid(parsed);
            }

            // The caller handles Ctrl+C and SIGTERM, and what fails is reported below.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = errors,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            }, CancellationToken.None);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            return Good;
        }
        catch (NodeUsageException usage)
        {
            await errors.WriteLineAsync(usage.Message);
            return BadUsage;
        }
        catch (InvalidOperationException invalid) when (NodeSections.TrySentence(invalid) is not null) // Settings of the framework are read when they are needed.
        {
            await errors.WriteLineAsync(NodeSections.TrySentence(invalid)!);
            return BadUsage;
        }
        catch (Exception failure) when (ExpectedFailure.Find(failure) is not null) // Hosting wraps what is expected; anything else ends the process with its trace.
        {
            var expected = ExpectedFailure.Find(failure)!;
            await errors.WriteLineAsync(expected.Message);
            return expected is LogCorruptException or CaptureDamagedException or RecordedStateDamagedException or ContentDamagedException ? Damage : Environment;
        }
    }

    private static async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken stopped)
    {
        var builder = NodeConfiguration.CreateBuilder();
        var options = NodeArguments.Read(parsed, NodeConfiguration.Read(builder.Configuration));
        var addresses = ApiAddress.Find(builder.Configuration, options.Urls);
        var input = await InputOfAsync(options, stopped);
        var held = HeldChains.Of(options, input).Chains;
        ListenCheck.ThrowIfTaken(addresses);
        if (options.Cluster is { } cluster)
        {
            await ClusterSchema.ThrowIfUnusableAsync(cluster.ConnectionString, stopped);
        }

        await CertificateCheck.ThrowIfMissingAsync(addresses, builder.Configuration);
        DirectoryCheck.ThrowIfUnusable(options.Directory ?? NodeOptions.DefaultDirectory);
        stopped.ThrowIfCancellationRequested();
        using var directory = DataDirectory.For(options);
        foreach (var chain in held)
        {
            DirectoryCheck.ThrowIfUnwritable(Path.Combine(directory.Path, chain.ToString()));
        }

        await using var app = NodeHost.Build(builder, options, input, directory.Path);
        await using var stopping = stopped.Register(app.Lifetime.StopApplication);
        if (await NodeStart.TryStartAsync(app))
        {
            await GreetAsync(output, app, options.Roles, input, [.. held.Select(chain => Path.Combine(Path.GetFullPath(directory.Path), chain.ToString()))]);
            await app.WaitForShutdownAsync(CancellationToken.None); // the lifetime stops it, and its parts in order
            app.Services.GetService<LogFailure>()?.ThrowIfAny();
        }

        return Good;
    }

    private static async Task<NodeInput> InputOfAsync(NodeOptions options, CancellationToken stopped) =>
        options.Chains.Count > 0 || options.P2p is not null ? await LiveInput.OfAsync(options, stopped)
        : options.Capture is { } capture ? CaptureInput.Of(capture, options.Pace)
        : options.IsSample ? CaptureInput.Shipped(options.Pace)
        : NodeInput.Elsewhere(options.ChainIds);

    private static async Task GreetAsync(TextWriter output, WebApplication app, SiloRoles roles, NodeInput input, IReadOnlyList<string> logs)
    {
        string url = app.Urls.First();
        await output.WriteLineAsync($"mempulse node: {input.Label}");
        foreach (string note in input.Notes)
        {
            await output.WriteLineAsync($"  {note}");
        }

        foreach (string log in logs)
        {
            await output.WriteLineAsync($"  log        {log}");
        }

        await output.WriteLineAsync(roles.HasFlag(SiloRoles.Api)
            ? $"""
                  API        {url}/docs  (status: {url}/status, health: {url}/health, metrics: {url}/metrics)
                  events     {url}/events?after=0&limit=20
                  live view  ./mempulse top --url {url}
                Ctrl+C stops it.
                """
            : $"""
                  metrics    {url}/metrics
                Ctrl+C stops it.
                """);
    }
}
