using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Registry;

/// <summary>The functions that a selector may call.</summary>
/// <param name="Key">The selector.</param>
/// <param name="Functions">The functions, in the order of their signatures.</param>
internal sealed record SelectorEntry(uint Key, FunctionEntry[] Functions) : IKeyed<uint>;
