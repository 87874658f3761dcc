using Mempulse.Primitives.Events;

namespace Mempulse.Net.Ingest;

/// <summary>How many transactions were dropped for one reason.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many, exactly.</param>
public readonly record struct DropCount(DropReason Reason, long Count);
