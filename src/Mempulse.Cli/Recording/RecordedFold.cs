using System.Runtime.ExceptionServices;
using Mempulse.Canon;
using Mempulse.Cli.Replays;
using Mempulse.Folding.Following;
using Mempulse.Folding.Live;
using Mempulse.Primitives;
using Mempulse.Replay;
using Mempulse.Replay.Views;

namespace Mempulse.Cli.Recording;

/// <summary>The fold of a recording: the same loop as in a node, on a log that this process writes.</summary>
internal sealed class RecordedFold : IAsyncDisposable
{
    private readonly FoldLoop _loop;
    private readonly CatchUp _catchUp = new();

    /// <summary>Creates a fold that is not started.</summary>
    /// <param name="log">The log.</param>
    /// <param name="commits">The observer that the log was opened with.</param>
    /// <param name="directory">Directory of the log.</param>
    /// <param name="chain">Its chain.</param>
    /// <param name="time">The clock.</param>
    public RecordedFold(IEventLog log, CommitFeed commits, string directory, ChainId chain, TimeProvider time) =>
        _loop = new FoldLoop(new LocalFoldLog(log, commits), LogOnDisk.Checkpoints(directory, chain), new FoldOptions(), _catchUp, time);

    /// <summary>Completes when the fold has ended for any reason.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Starts the fold and waits until the whole log is folded.</summary>
    /// <returns>The canonical blocks at that point.</returns>
    public async Task<IReadOnlyList<ChainBlock>> StartAsync(CancellationToken cancellationToken)
    {
        Completion = _loop.RunExclusiveAsync();
        await Task.WhenAny(_catchUp.Blocks, Completion).WaitAsync(cancellationToken).ConfigureAwait(false);
        ThrowIfFailed();
        return await _catchUp.Blocks.ConfigureAwait(false);
    }

    /// <summary>Folds the rest of the log, appends its derived events and ends; gives up after <paramref name="patience"/>.</summary>
    /// <returns>The last applied position and the digest there.</returns>
    public async Task<(GlobalSeq Last, StateDigest Digest)> FinishAsync(Task patience)
    {
        _loop.Finish();
        await Task.WhenAny(Completion, patience).ConfigureAwait(false);
        _loop.Stop();
        await Completion.ConfigureAwait(false);
        ThrowIfFailed();
        return (_loop.Engine.Applied, _loop.Engine.Digest());
    }

    /// <summary>Ends the fold at its current position.</summary>
    public async ValueTask DisposeAsync()
    {
        _loop.Stop();
        await Completion.ConfigureAwait(false);
        _loop.Dispose();
    }

    private void ThrowIfFailed()
    {
        if (_loop.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private sealed class CatchUp : FoldObserver
    {
        private readonly TaskCompletionSource<IReadOnlyList<ChainBlock>> _blocks = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<IReadOnlyList<ChainBlock>> Blocks => _blocks.Task;

        public override void CaughtUp(ReplayEngine engine) => _blocks.TrySetResult(engine.Pool.CanonicalBlocks());
    }
}
