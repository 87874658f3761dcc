using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Ingest;

/// <summary>An inbound connection that did not become a peer.</summary>
/// <param name="Address">Where it came from.</param>
/// <param name="Name">The name of the node as a source; empty if its key is not known.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">Why, in a sentence.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("mempulse.refused-inbound")]
public sealed record RefusedInbound(
    [property: Id(0)] string Address,
    [property: Id(1)] string Name,
    [property: Id(2)] DialFailureReason Reason,
    [property: Id(3)] string Detail,
    [property: Id(4)] UnixNanoseconds At);
