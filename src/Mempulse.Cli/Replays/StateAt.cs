using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay;
using Mempulse.Replay.Views;

namespace Mempulse.Cli.Replays;

/// <summary>The state at one position in a few numbers.</summary>
/// <param name="Seq">The position.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Head">The canonical head, or null.</param>
/// <param name="Counts">Transactions held, by state.</param>
internal sealed record StateAt(GlobalSeq Seq, StateDigest Digest, ChainHead? Head, IReadOnlyList<(TxState State, int Count)> Counts)
{
    /// <summary>The engine's state as it stands.</summary>
    public static StateAt Of(ReplayEngine engine) => new(
        engine.Applied,
        engine.Digest(),
        engine.Pool.Head,
        [.. Enum.GetValues<TxState>().Where(state => state != TxState.Unknown).Select(state => (state, engine.Pool.CountOf(state)))]);
}
