using Mempulse.Primitives;

namespace Mempulse.Grains.Logs;

/// <summary>Which log, and where.</summary>
/// <param name="Chain">The log's chain.</param>
/// <param name="Directory">Its directory.</param>
internal sealed record LogLocation(ChainId Chain, string Directory);
