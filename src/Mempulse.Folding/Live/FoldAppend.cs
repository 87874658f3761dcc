namespace Mempulse.Folding.Live;

/// <summary>What became of a batch that a fold appended.</summary>
/// <param name="IsDurable">True when every record is durable, now or since an earlier attempt.</param>
/// <param name="Detail">Why the batch is not known to be durable, in a sentence; empty when it is.</param>
public readonly record struct FoldAppend(bool IsDurable, string Detail)
{
    /// <summary>Every record is durable.</summary>
    public static FoldAppend Durable => new(true, string.Empty);

    /// <summary>The log refused the batch, or its answer did not arrive. Repeating the very same batch is safe.</summary>
    public static FoldAppend NotYet(string detail) => new(false, detail);
}
