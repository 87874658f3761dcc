using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>Replays ranges of a chain's log while the live fold runs. Its key is the chain id.</summary>
/// <remarks>Runs one replay at a time. A range that starts where the last one ended continues it.</remarks>
[Alias("mempulse.IReplayGrain")]
public interface IReplayGrain : IGrainWithStringKey
{
    /// <summary>Replays from <paramref name="first"/> to <paramref name="last"/>, or reports the progress.</summary>
    /// <remarks>Answers within a few seconds. While the answer is <see cref="ReplayOutcome.Running"/>, repeat the call.</remarks>
    /// <param name="first">The position of the first state.</param>
    /// <param name="last">The position of the second state.</param>
    [Alias("Replay")]
    ValueTask<ReplayAnswer> Replay(GlobalSeq first, GlobalSeq last);
}
