using Mempulse.Primitives.Events;

namespace Mempulse.Net.Ingest;

/// <summary>The number of transactions dropped for one reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Count">The exact number.</param>
public readonly record struct DropCount(DropReason Reason, long Count);
