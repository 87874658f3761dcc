namespace Mempulse.Builder.Dialects;

/// <summary>The header with which a builder recognises a sender.</summary>
/// <param name="Scheme">What the header contains.</param>
/// <param name="Header">Its name.</param>
/// <param name="Required">True if requests without it are refused.</param>
/// <param name="Source">The id of the source; null if none was found: then the header is not sent.</param>
public sealed record RelayAuthentication(AuthenticationScheme Scheme, string Header, bool Required, string? Source);
