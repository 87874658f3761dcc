namespace Mempulse.Client.Observations;

/// <summary>An inbound connection that did not become a peer.</summary>
/// <param name="Address">Where it came from.</param>
/// <param name="Name">The name of the node as a source; null if its key is not known.</param>
/// <param name="Reason">Why, in one word.</param>
/// <param name="Detail">Why, in a sentence.</param>
/// <param name="At">When.</param>
public sealed record RefusedInboundPart(string Address, string? Name, string Reason, string Detail, string At);
