using Mempulse.Grains.Ingest;
using Mempulse.Net.Ingest;
using Mempulse.Net.Playback;
using Mempulse.Net.Sinks;
using Mempulse.Node;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Observability;
using Mempulse.Primitives.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mempulse.Api.Tests.Settings;

/// <summary>A node that is built from a command line and settings, and not started: what each of its parts was given.</summary>
internal sealed class BuiltNode : IAsyncDisposable
{
    private readonly Lazy<WebApplication> _app;

    private static readonly string[] _settings = ["Mempulse:", "Kestrel:", "Orleans:", "ConnectionStrings:", "OTEL_", "urls="];

    private BuiltNode(WebApplicationBuilder builder, NodeOptions options)
    {
        Options = options;
        _app = new Lazy<WebApplication>(() => NodeHost.Build(builder, options, Input(), options.Directory ?? NodeOptions.DefaultDirectory));
    }

    public NodeOptions Options { get; }

    public WebApplication App => _app.Value;

    /// <summary>The options of the network.</summary>
    public Mempulse.Devp2p.P2pOptions? Network => Options.P2p is { } settings ? new PeerInput(PeerChain.Of(settings), Options.Ingest, "unused").Network : null;

    public LaneContext Context { get; init; } = new(new NoSink(), new DecodedBodies(16), UnhostedMeters.Shared, TimeProvider.System, new ResumePoint([], []));

    /// <summary>Reads arguments and settings as the node does. A setting is KEY=VALUE; anything else is of the command line.</summary>
    public static BuiltNode Of(params string[] given)
    {
        // Without watching files: a builder that is not built keeps its watchers, and a user may have few.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        foreach (string setting in given.Where(IsSetting))
        {
            builder.Configuration[setting[..setting.IndexOf('=', StringComparison.Ordinal)]] = setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        return new BuiltNode(builder, NodeArguments.Parse([.. given.Where(text => !IsSetting(text))], NodeConfiguration.Read(builder.Configuration)));
    }

    /// <summary>The value of options that the host resolves.</summary>
    public T Of<T>()
        where T : class => App.Services.GetRequiredService<IOptions<T>>().Value;

    /// <summary>A service of the host.</summary>
    public T Get<T>()
        where T : class => App.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        if (_app.IsValueCreated)
        {
            await _app.Value.DisposeAsync();
        }
    }

    private static bool IsSetting(string text) => Array.Exists(_settings, prefix => text.StartsWith(prefix, StringComparison.Ordinal));

    private NodeInput Input() => Options.Chains.Count > 0 || Options.P2p is not null
        ? LiveInput.OfAsync(Options, CancellationToken.None).GetAwaiter().GetResult()
        : CaptureInput.Of(Options.Capture ?? CaptureInput.SamplePath, PlaybackPace.Maximal);

    private sealed class NoSink : IEventSink
    {
        public ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) => ValueTask.FromResult(0UL);

        public ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken) => ValueTask.FromResult(AppendOutcome.Appended);
    }
}
