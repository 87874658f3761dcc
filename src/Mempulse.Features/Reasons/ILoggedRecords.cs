using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Features.Reasons;

/// <summary>The records of one chain's log up to a position, found by their keys. Records beyond the position do not exist for it.</summary>
public interface ILoggedRecords
{
    /// <summary>The first records with a key, in ascending order.</summary>
    /// <param name="key">The key.</param>
    /// <param name="limit">Maximum number of records.</param>
    IReadOnlyList<LoggedRecord> First(EventKey key, int limit);

    /// <summary>The last records with a key, in ascending order.</summary>
    /// <param name="key">The key.</param>
    /// <param name="limit">Maximum number of records.</param>
    IReadOnlyList<LoggedRecord> Last(EventKey key, int limit);

    /// <summary>The record at a position; null when the log no longer has it.</summary>
    LoggedRecord? At(GlobalSeq seq);
}
