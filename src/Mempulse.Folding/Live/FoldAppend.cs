namespace Mempulse.Folding.Live;

/// <summary>The outcome of an append by a fold.</summary>
/// <param name="IsDurable">True when every record is durable, from this attempt or an earlier one.</param>
/// <param name="Detail">Why the batch is not known to be durable, in a sentence; empty when it is.</param>
public readonly record struct FoldAppend(bool IsDurable, string Detail)
{
    /// <summary>Every record is durable.</summary>
    public static FoldAppend Durable => new(true, string.Empty);

    /// <summary>The log refused the batch, or the answer was lost. Repeating the same batch is safe.</summary>
    public static FoldAppend NotYet(string detail) => new(false, detail);
}
