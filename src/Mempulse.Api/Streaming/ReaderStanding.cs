namespace Mempulse.Api.Streaming;

/// <summary>Where a reader of the stream is.</summary>
/// <param name="Number">Its number in this process, from 1.</param>
/// <param name="Name">The name of its key, or that it has none.</param>
/// <param name="Chain">The chain.</param>
/// <param name="At">The position up to which it has everything that it wants.</param>
/// <param name="Sent">Events that it was sent.</param>
/// <param name="Coalesced">Events that were passed over because it did not take them in time; it was told which.</param>
internal sealed record ReaderStanding(long Number, string Name, Primitives.ChainId Chain, ulong At, ulong Sent, ulong Coalesced);
