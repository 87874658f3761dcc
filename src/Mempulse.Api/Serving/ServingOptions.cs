using System.ComponentModel.DataAnnotations;

namespace Mempulse.Api.Serving;

/// <summary>What all requests together may use: the section Mempulse:Api. Beyond a limit a request is answered 503, with Retry-After.</summary>
public sealed class ServingOptions : IValidatableObject
{
    /// <summary>Default of <see cref="MaxConnections"/>.</summary>
    public const int DefaultMaxConnections = 4_096;

    /// <summary>Default of <see cref="MaxRequests"/>.</summary>
    public const int DefaultMaxRequests = 4;

    /// <summary>Default of <see cref="MaxSimulations"/>.</summary>
    public const int DefaultMaxSimulations = 64;

    /// <summary>Default of <see cref="MaxWaitingRequests"/>.</summary>
    public const int DefaultMaxWaitingRequests = 512;

    /// <summary>Default of <see cref="MaxStreams"/>.</summary>
    public const int DefaultMaxStreams = 256;

    /// <summary>Default of <see cref="MaxViewers"/>.</summary>
    public const int DefaultMaxViewers = 64;

    /// <summary>Default of <see cref="MaxResponseBytes"/> and <see cref="MaxBodyBytes"/>.</summary>
    public const long DefaultMaxBytes = 64L << 20;

    /// <summary>Default of <see cref="MinBytesPerSecond"/>.</summary>
    public const int DefaultMinBytesPerSecond = 32 << 10;

    /// <summary>Names under which the API is reached besides localhost and loopback addresses, such as that of a reverse proxy; other Host headers are refused.</summary>
    public IReadOnlyList<string> Hosts { get; set; } = [];

    /// <summary>The keys that let in; with any, a request without one is refused. Without keys the service listens on loopback only.</summary>
    public IReadOnlyList<ApiKey> Keys { get; set; } = [];

    /// <summary>Whether addresses that other machines reach may use plain HTTP, where keys can be read on the way. True only where TLS ends in front of the address. Default false.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>The maximum number of connections; more are closed at once. Each takes about 20 KB. Default 4,096.</summary>
    [Range(16, 1 << 20)]
    public int MaxConnections { get; set; } = DefaultMaxConnections;

    /// <summary>The maximum number of requests answered at a time; more wait. They need the processor, as /health and ingest do, so about two for each core are enough. Default 4.</summary>
    [Range(1, 1 << 16)]
    public int MaxRequests { get; set; } = DefaultMaxRequests;

    /// <summary>The same for POST /simulate, whose requests mostly wait for nodes. Default 64.</summary>
    [Range(1, 1 << 16)]
    public int MaxSimulations { get; set; } = DefaultMaxSimulations;

    /// <summary>The maximum number of requests that wait to be answered; more are refused. Default 512.</summary>
    [Range(0, 1 << 20)]
    public int MaxWaitingRequests { get; set; } = DefaultMaxWaitingRequests;

    /// <summary>The maximum number of readers of GET /stream at a time; more are refused. Each takes about 128 KiB while it does not read. Default 256.</summary>
    [Range(1, 1 << 16)]
    public int MaxStreams { get; set; } = DefaultMaxStreams;

    /// <summary>The maximum number of open pages of the dashboard at a time; more are refused. Each takes about 1 MiB. Default 64.</summary>
    [Range(1, 1 << 16)]
    public int MaxViewers { get; set; } = DefaultMaxViewers;

    /// <summary>The maximum bytes of responses that are written but not sent. More serve more slow readers. Default 64 MiB.</summary>
    [Range(16L << 20, 1L << 40)]
    public long MaxResponseBytes { get; set; } = DefaultMaxBytes;

    /// <summary>The maximum bytes of request bodies in memory. Default 64 MiB.</summary>
    [Range(16L << 20, 1L << 40)]
    public long MaxBodyBytes { get; set; } = DefaultMaxBytes;

    /// <summary>Bytes per second below which a client that reads a response or sends a body is cut off, after 5 seconds of grace. Default 32 KiB.</summary>
    [Range(1, 1 << 30)]
    public int MinBytesPerSecond { get; set; } = DefaultMinBytesPerSecond;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (string host in Hosts.Where(static host => Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown))
        {
            yield return new ValidationResult($"'{host}' is not a valid host name: expected a name or an address without scheme and port.");
        }

        var results = new List<ValidationResult>();
        foreach (var key in Keys)
        {
            Validator.TryValidateObject(key, new ValidationContext(key), results, validateAllProperties: true);
        }

        foreach (var result in results)
        {
            yield return result;
        }

        if (Keys.DistinctBy(static key => key.Name, StringComparer.Ordinal).Count() < Keys.Count || Keys.DistinctBy(static key => key.Sha256, StringComparer.OrdinalIgnoreCase).Count() < Keys.Count)
        {
            yield return new ValidationResult("Two entries of Mempulse:Api:Keys have the same name or the same key: expected each once.");
        }
    }
}
