namespace Mempulse.Builder.Dialects;

/// <summary>An address of a builder.</summary>
/// <param name="For">What is sent there.</param>
/// <param name="Url">The address, https.</param>
/// <param name="Source">The id of the source; null if none was found.</param>
public sealed record RelayEndpoint(EndpointUse For, Uri Url, string? Source);
