namespace Mempulse.Net.Captures;

/// <summary>A source of a capture.</summary>
/// <param name="Name">Its name, from which the source id derives.</param>
/// <param name="Endpoint">Its address without credentials, or a description.</param>
/// <param name="Client">Its client name and version; empty if unknown.</param>
public sealed record CaptureSource(string Name, string Endpoint, string Client);
