using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;

namespace Mempulse.Outcomes.Traces;

/// <summary>Records of the log from before those that a <see cref="TraceFold"/> is given.</summary>
public interface ITraceSources
{
    /// <summary>The first record about a transaction; null if the log does not have it any more.</summary>
    LoggedEvent? FirstOf(Hash256 tx);

    /// <summary>The detection of an opportunity; null if the log does not have it any more.</summary>
    LoggedEvent? DetectionOf(Hash256 opportunity);
}
