using Mempulse.Node.Lanes;
using Mempulse.Node.Options;

namespace Mempulse.Node;

/// <summary>The node as a command: reads what is asked, runs it, and says in one sentence why it cannot.</summary>
internal static class NodeCommand
{
    /// <summary>It ran and was stopped.</summary>
    public const int Good = 0;

    /// <summary>It could not run, or stopped by itself: a damaged or locked log, a port in use.</summary>
    public const int Failed = 1;

    /// <summary>What was asked makes no sense.</summary>
    public const int BadUsage = 2;

    /// <summary>Runs the node until it is stopped.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        if (arguments is ["--help" or "-h"])
        {
            await output.WriteLineAsync(NodeArguments.Usage);
            return Good;
        }

        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
            var options = NodeArguments.Parse(arguments, NodeConfiguration.Read(builder.Configuration));
            var input = options.Chains.Count > 0 || options.P2p is not null ? LiveInput.Of(options) : CaptureInput.Of(options.Capture ?? CaptureInput.SamplePath, options.Pace);
            using var directory = DataDirectory.For(options);
            await using var app = NodeHost.Build(builder, options, input, directory.Path);
            await app.StartAsync();
            await GreetAsync(output, app, input, directory.Path);
            await app.WaitForShutdownAsync();
            return Good;
        }
        catch (NodeUsageException usage)
        {
            await errors.WriteLineAsync(usage.Message);
            return BadUsage;
        }
        catch (Exception failure) when (FindIo(failure) is not null)
        {
            await errors.WriteLineAsync(FindIo(failure)!.Message);
            return Failed;
        }
    }

    private static async Task GreetAsync(TextWriter output, WebApplication app, NodeInput input, string directory)
    {
        string url = app.Urls.First();
        await output.WriteLineAsync($"""
            mempulse node: {input.Label}
              log        {Path.GetFullPath(directory)}
              API        {url}/docs  (status: {url}/status, health: {url}/health, metrics: {url}/metrics)
              events     {url}/events?after=0&limit=20
              live view  ./mempulse top --url {url}
            Ctrl+C stops.
            """);
    }

    /// <summary>The input or output failure inside an exception: damage, a lock, a port in use. Anything else is a bug and keeps its stack.</summary>
    private static IOException? FindIo(Exception failure) => failure switch
    {
        IOException io => io,
        AggregateException { InnerExceptions: var inner } => inner.Select(FindIo).FirstOrDefault(io => io is not null),
        { InnerException: { } inner } => FindIo(inner),
        _ => null,
    };
}
