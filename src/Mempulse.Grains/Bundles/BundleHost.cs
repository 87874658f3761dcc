using Mempulse.Builder.Dialects;
using Mempulse.Builder.Sending;
using Mempulse.Primitives;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Bundles;

/// <summary>Holds the operator and the connections to relays for the lifetime of the silo. Thread-safe.</summary>
internal sealed class BundleHost : IDisposable
{
    private readonly RelayHttp _http = new();
    private readonly List<HttpRelayClient> _clients = [];

    public BundleHost(IOptions<BundleOptions> options, TimeProvider time)
    {
        Options = options.Value;
        Channels = [.. Relays(Options).Select(relay =>
        {
            var client = new HttpRelayClient(relay.Dialect, relay.Addresses, _http, time, Options.AnswerPatience);
            _clients.Add(client);
            return new RelayChannel(relay.Name, client, relay.Credential);
        })];
    }

    /// <summary>The options.</summary>
    public BundleOptions Options { get; }

    /// <summary>The relays, in the order of the configuration.</summary>
    public IReadOnlyList<RelayChannel> Channels { get; }

    /// <summary>The operator of a chain; null if no bundle is made on it.</summary>
    public OperatorPlan? OperatorOf(ChainId chain) => Options.Operator is { } acts && acts.Chain == chain ? acts : null;

    /// <summary>What is made on a chain, in a sentence.</summary>
    public string StandingOf(ChainId chain) => OperatorOf(chain) switch
    {
        null when Options.Operator is { } other => $"No bundles are made: the operator acts on chain {other.Chain}.",
        null => "No bundles are made: no executor is configured (Mempulse:Operator:Executor).",
        { Key: null } => "Bundles are made without signatures, and none is sent: the operator has no key.",
        _ when !Options.IsLive => "Bundles are made and signed, and none is sent: this is a dry run (Mempulse:Bundles:Sending is DryRun).",
        _ => $"Bundles are sent to {Channels.Count} relays.",
    };

    private static IEnumerable<RelayPlan> Relays(BundleOptions options) =>
        options.Relays.Count > 0 ? options.Relays : RelayDialects.Defaults.Select(static dialect => new RelayPlan(dialect.Name, dialect, RelayAddresses.Of(dialect), Credential: null));

    /// <inheritdoc/>
    public void Dispose()
    {
        _clients.ForEach(static client => client.Dispose());
        _http.Dispose();
    }
}
