using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>An entry of the state that differs between two positions.</summary>
/// <param name="Kind">tx, sender, block, opp or bundle; "counters" for the counters of the whole state.</param>
/// <param name="Id">The hash or account in hex; empty for the counters.</param>
/// <param name="By">The first events in between that name it.</param>
/// <param name="Events">Number of events in between that name it.</param>
/// <param name="Fields">The fields that differ.</param>
[GenerateSerializer, Immutable, Alias("mempulse.changed-entry")]
public sealed record ChangedEntry(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Id,
    [property: Id(2)] IReadOnlyList<GlobalSeq> By,
    [property: Id(3)] int Events,
    [property: Id(4)] IReadOnlyList<ChangedField> Fields);
