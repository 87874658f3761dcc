namespace Mempulse.Node.Options;

/// <summary>A relay: an entry of Mempulse:Relays.</summary>
internal sealed record RelaySettings
{
    /// <summary>Its name in events. Default: that of its dialect.</summary>
    public string? Name { get; init; }

    /// <summary>How it is spoken to: the name of a description, such as titan.</summary>
    public string? Dialect { get; init; }

    /// <summary>Where it is reached. Default: the address of its description.</summary>
    public string? Url { get; init; }

    /// <summary>A file with what proves who sends: a key in hex that signs requests and holds no funds, or a token, as the dialect asks.</summary>
    public string? CredentialFile { get; init; }

    /// <summary>An environment variable with the same.</summary>
    public string? CredentialVariable { get; init; }
}
