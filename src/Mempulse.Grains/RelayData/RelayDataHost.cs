using Mempulse.Builder.RelayData;
using Mempulse.Builder.Sending;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.RelayData;

/// <summary>Holds the connections to relays' data APIs for the lifetime of the silo. Thread-safe.</summary>
internal sealed class RelayDataHost : IDisposable
{
    private readonly RelayHttp _http = new();

    public RelayDataHost(IOptions<RelayDataOptions> options, TimeProvider time)
    {
        Options = options.Value;
        Sources = [.. Options.Sources.Select(static source => RelayDataOptions.Parse(source)!)]; // checked on start
        Client = new RelayDataClient(Sources, _http, time, Options.AnswerPatience);
    }

    /// <summary>The options.</summary>
    public RelayDataOptions Options { get; }

    /// <summary>The relays.</summary>
    public IReadOnlyList<RelayDataSource> Sources { get; }

    /// <summary>Asks all of them.</summary>
    public RelayDataClient Client { get; }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
