namespace Mempulse.Builder.Dialects;

/// <summary>How one builder is spoken to: a checked description. Immutable.</summary>
/// <remarks>docs/formats/relays.md has the format. Only <see cref="DialectReader"/> makes descriptions that are checked.</remarks>
public sealed record RelayDialect
{
    /// <summary>The name and version of the format.</summary>
    public required string Format { get; init; }

    /// <summary>The builder's name in settings, events and file names: lower-case letters and digits.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>Whether it is used unless it is named.</summary>
    public required DialectUse Use { get; init; }

    /// <summary>Where the rest comes from.</summary>
    public required IReadOnlyList<DialectSource> Sources { get; init; }

    /// <summary>Its addresses, the preferred one first.</summary>
    public required IReadOnlyList<RelayEndpoint> Endpoints { get; init; }

    /// <summary>How it recognises a sender.</summary>
    public required RelayAuthentication Authentication { get; init; }

    /// <summary>The limits it states.</summary>
    public required IReadOnlyList<DialectLimit> Limits { get; init; }

    /// <summary>Whether it drops a bundle whose refund is worth less than the transfer that pays it.</summary>
    public required SourcedFlag RefundMustCoverTransfer { get; init; }

    /// <summary>Its methods.</summary>
    public required IReadOnlyList<DialectMethod> Methods { get; init; }

    /// <summary>The verified method that does something; null if the builder is not known to have it.</summary>
    public DialectMethod? Find(RelayMethod method) => Methods.FirstOrDefault(candidate => candidate.Method == method && candidate.Source is not null);

    /// <summary>The first verified address for a use; null if the description has no such address.</summary>
    public Uri? AddressFor(EndpointUse use) => Endpoints.FirstOrDefault(endpoint => endpoint.For == use && endpoint.Source is not null)?.Url;

    /// <summary>The limit of a kind: the stated one with its source, otherwise that of <see cref="HouseLimits"/>.</summary>
    public DialectLimit LimitOf(LimitKind kind) =>
        Limits.FirstOrDefault(limit => limit.Of == kind && limit.Source is not null) ?? HouseLimits.Of(kind);
}
