using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>Replays stretches of a chain's log beside the live fold. Its key is the chain id.</summary>
/// <remarks>One replay at a time. A stretch that starts where the last one ended goes on from there.</remarks>
[Alias("mempulse.IReplayGrain")]
public interface IReplayGrain : IGrainWithStringKey
{
    /// <summary>Replays from <paramref name="first"/> to <paramref name="last"/>, or tells how far that is.</summary>
    /// <remarks>Answers within a few seconds; while the answer is <see cref="ReplayOutcome.Running"/>, the same question asks for progress.</remarks>
    /// <param name="first">The position whose state is the first one.</param>
    /// <param name="last">The position whose state is the second one.</param>
    [Alias("Replay")]
    ValueTask<ReplayAnswer> Replay(GlobalSeq first, GlobalSeq last);
}
