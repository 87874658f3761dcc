using System.Numerics;

namespace Mempulse.Features.Failures;

/// <summary>How the last calls ended, the newest in the lowest bit. <c>default</c> is the history of none.</summary>
/// <param name="Count">Number of calls on record, at most <see cref="Window"/>.</param>
/// <param name="Failed">A bit for each call that failed.</param>
public readonly record struct CallHistory(int Count, uint Failed)
{
    /// <summary>Number of calls that are remembered.</summary>
    public const int Window = 32;

    /// <summary>Number of calls that failed.</summary>
    public int FailedCount => BitOperations.PopCount(Failed);

    /// <summary>Share of calls that failed, in basis points; null if none is on record.</summary>
    public int? FailedBasisPoints => Count == 0 ? null : FailedCount * 10_000 / Count;

    /// <summary>True if no more calls failed than are on record.</summary>
    public bool IsValid => Count is >= 0 and <= Window && (Count == Window || Failed >> Count == 0);

    /// <summary>This history and one more call.</summary>
    public CallHistory Then(bool isFailure) => new(Math.Min(Count + 1, Window), (Failed << 1) | (isFailure ? 1u : 0));
}
