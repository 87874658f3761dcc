using System.Globalization;

namespace Mempulse.Tracing.Otlp;

/// <summary>A collector of traces, as the environment variables of OpenTelemetry name it.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otel/protocol/exporter/</remarks>
public sealed record OtlpTarget
{
    /// <summary>The variable with the base address of all signals.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The variable with the service's name.</summary>
    public const string ServiceNameVariable = "OTEL_SERVICE_NAME";

    private const string TracesEndpointVariable = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string DefaultServiceName = "mempulse";
    private const string TracesPath = "v1/traces";

    private static readonly TimeSpan _defaultTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The address that requests go to; for gRPC the server's.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The protocol.</summary>
    public required OtlpProtocol Protocol { get; init; }

    /// <summary>Headers of every request, which may be credentials.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>How long an answer may take. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = _defaultTimeout;

    /// <summary>What describes the service; its name is among them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Resource { get; init; } = [];

    /// <summary>The collector that the variables name; null if they name none, or turn traces off.</summary>
    /// <exception cref="OtlpTargetException">A variable is not valid.</exception>
    public static OtlpTarget? Of(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (bool.TryParse(variable("OTEL_SDK_DISABLED"), out bool isDisabled) && isDisabled)
        {
            return null;
        }

        if (Given(variable, "OTEL_TRACES_EXPORTER") is { } exporters && !exporters.Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.Ordinal))
        {
            return null;
        }

        var protocol = ProtocolOf(variable, OtlpProtocol.Grpc);
        return Given(variable, TracesEndpointVariable) is { } whole ? Of(variable, AddressOf(whole, TracesEndpointVariable), protocol)
            : Given(variable, EndpointVariable) is { } shared ? Of(variable, PathOf(AddressOf(shared, EndpointVariable), protocol), protocol)
            : null;
    }

    /// <summary>A collector at a base address; the variables say the rest, and the protocol is protobuf over HTTP if they do not name it.</summary>
    /// <exception cref="OtlpTargetException">The address or a variable is not valid.</exception>
    public static OtlpTarget At(string address, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var protocol = ProtocolOf(variable, OtlpProtocol.HttpProtobuf);
        return Of(variable, PathOf(AddressOf(address, "address of a collector"), protocol), protocol);
    }

    /// <summary>The attributes that describe the service.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ResourceOf(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        const string Name = "service.name";
        const string Attributes = "OTEL_RESOURCE_ATTRIBUTES";
        var given = Given(variable, Attributes) is { } text ? PairsOf(text, Attributes) : [];
        string name = Given(variable, ServiceNameVariable) ?? given.Find(static pair => pair.Key == Name).Value ?? DefaultServiceName;
        return [new(Name, name), .. given.Where(static pair => pair.Key != Name)];
    }

    private static OtlpTarget Of(Func<string, string?> variable, Uri endpoint, OtlpProtocol protocol) => new()
    {
        Endpoint = endpoint,
        Protocol = protocol,
        Headers = Either(variable, "HEADERS", out string name) is { } headers ? PairsOf(headers, name) : [],
        Timeout = TimeoutOf(variable),
        Resource = ResourceOf(variable),
    };

    private static Uri PathOf(Uri address, OtlpProtocol protocol) =>
        protocol == OtlpProtocol.Grpc ? address : new Uri(address.AbsoluteUri.TrimEnd('/') + "/" + TracesPath);

    private static Uri AddressOf(string text, string name) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new OtlpTargetException($"'{text}' is not a valid {name}: expected an http or https address.");

    private static OtlpProtocol ProtocolOf(Func<string, string?> variable, OtlpProtocol otherwise) => Either(variable, "PROTOCOL", out string name) switch
    {
        null => otherwise,
        "grpc" => OtlpProtocol.Grpc,
        "http/protobuf" => OtlpProtocol.HttpProtobuf,
        "http/json" => OtlpProtocol.HttpJson,
        { } other => throw new OtlpTargetException($"'{other}' is not a valid {name}: expected grpc, http/protobuf or http/json."),
    };

    private static TimeSpan TimeoutOf(Func<string, string?> variable) => Either(variable, "TIMEOUT", out string name) switch
    {
        null => _defaultTimeout,
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds) && milliseconds > 0 => TimeSpan.FromMilliseconds(milliseconds),
        { } text => throw new OtlpTargetException($"'{text}' is not a valid {name}: expected milliseconds, 1 or more."),
    };

    private static List<KeyValuePair<string, string>> PairsOf(string text, string name)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (string pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            pairs.Add(equals > 0
                ? new(pair[..equals].Trim(), Uri.UnescapeDataString(pair[(equals + 1)..].Trim()))
                : throw new OtlpTargetException($"{name} is not valid: expected KEY=VALUE pairs, separated by commas.")); // the value may be a credential
        }

        return pairs;
    }

    /// <summary>The variable of traces, or else that of all signals.</summary>
    private static string? Either(Func<string, string?> variable, string what, out string name)
    {
        name = $"OTEL_EXPORTER_OTLP_TRACES_{what}";
        if (Given(variable, name) is { } own)
        {
            return own;
        }

        name = $"OTEL_EXPORTER_OTLP_{what}";
        return Given(variable, name);
    }

    private static string? Given(Func<string, string?> variable, string name) => variable(name) is { } text && text.Trim() is { Length: > 0 } given ? given : null;
}
