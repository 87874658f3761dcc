namespace Mempulse.Net.Captures;

/// <summary>One source that a capture heard.</summary>
/// <param name="Name">Its name; the source id is derived from it.</param>
/// <param name="Endpoint">Where it was, without credentials; or what stands for it.</param>
/// <param name="Client">What it said it was; empty when not known.</param>
public sealed record CaptureSource(string Name, string Endpoint, string Client);
