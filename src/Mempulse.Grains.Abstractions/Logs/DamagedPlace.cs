using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Logs;

/// <summary>Positions of a log that cannot be read.</summary>
/// <param name="File">The file.</param>
/// <param name="Offset">Byte offset in the file.</param>
/// <param name="First">The first position that cannot be read.</param>
/// <param name="Last">The last one, inclusive: a query after it reads on past the damage.</param>
/// <param name="Detail">What is wrong, in a sentence.</param>
[GenerateSerializer, Immutable, Alias("mempulse.damaged-place")]
public sealed record DamagedPlace(
    [property: Id(0)] string File,
    [property: Id(1)] long Offset,
    [property: Id(2)] GlobalSeq First,
    [property: Id(3)] GlobalSeq Last,
    [property: Id(4)] string Detail);
