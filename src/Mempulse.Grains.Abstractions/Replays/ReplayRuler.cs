using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>Where a range is in the log: what is before, in and after it.</summary>
/// <param name="From">The first position.</param>
/// <param name="To">The last position.</param>
/// <param name="Derived">Derived events in equal parts of it.</param>
/// <param name="Marks">Blocks, reorgs and checkpoints on it.</param>
[GenerateSerializer, Immutable, Alias("mempulse.replay-ruler")]
public sealed record ReplayRuler(
    [property: Id(0)] GlobalSeq From,
    [property: Id(1)] GlobalSeq To,
    [property: Id(2)] IReadOnlyList<int> Derived,
    [property: Id(3)] IReadOnlyList<RulerMark> Marks);
