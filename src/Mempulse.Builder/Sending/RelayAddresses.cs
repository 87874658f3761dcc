using Mempulse.Builder.Dialects;

namespace Mempulse.Builder.Sending;

/// <summary>Where a builder is reached.</summary>
/// <param name="Requests">For requests.</param>
/// <param name="Statistics">For questions about bundles; null if it answers none.</param>
public sealed record RelayAddresses(Uri Requests, Uri? Statistics)
{
    /// <summary>The addresses of a description.</summary>
    /// <exception cref="DialectException">It has none for requests.</exception>
    public static RelayAddresses Of(RelayDialect dialect) => new(
        dialect.AddressFor(EndpointUse.Requests) ?? throw new DialectException($"{dialect.Title} has no verified endpoint."),
        dialect.AddressFor(EndpointUse.Statistics));

    /// <summary>The address for a use.</summary>
    internal Uri For(EndpointUse use) => use == EndpointUse.Statistics && Statistics is not null ? Statistics : Requests;
}
