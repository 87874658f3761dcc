using Mempulse.Features.Listing;
using Mempulse.Features.Scoring;
using Mempulse.Replay;

namespace Mempulse.Grains.Listing;

/// <summary>Makes lists of a chain's waiting transactions when they are asked for. Confined to the fold's scheduler; its lists are read on any thread.</summary>
/// <remarks>
/// A list serves all readers for a moment: at least <see cref="ShortestAge"/>, and so long that lists take no more than one part in <see cref="Share"/> of
/// the fold's time, however many readers there are and however large the pool is.
/// </remarks>
/// <param name="engine">The fold, which is replaced when a checkpoint is restored.</param>
/// <param name="profile">How transactions are scored.</param>
/// <param name="time">The clock.</param>
internal sealed class TxLists(Func<ReplayEngine> engine, RankProfile profile, TimeProvider time) : IDisposable
{
    /// <summary>The reciprocal of the part of the fold's time that lists take at most.</summary>
    private const int Share = 20;

    /// <summary>A viewer draws twice a second.</summary>
    private static readonly TimeSpan ShortestAge = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _oneWalk = new(1);
    private readonly ListHistory _history = new();
    private long _madeAt;
    private TimeSpan _goodFor;

    /// <summary>A list that is not too old. The caller goes on on the fold's scheduler.</summary>
    public async ValueTask<ListHistory> LatestAsync()
    {
        if (IsGood())
        {
            return _history;
        }

        await _oneWalk.WaitAsync();
        try
        {
            if (!IsGood())
            {
                await MakeAsync();
            }

            return _history;
        }
        finally
        {
            _oneWalk.Release();
        }
    }

    public void Dispose() => _oneWalk.Dispose();

    private bool IsGood() => _history.Latest.AsOf == engine().Applied || (_madeAt != 0 && time.GetElapsedTime(_madeAt) < _goodFor);

    private async Task MakeAsync()
    {
        var walk = new ListWalk(profile, _history.Latest);
        var took = TimeSpan.Zero;
        for (bool isMore = true; isMore; await Task.Yield())
        {
            long started = time.GetTimestamp();
            isMore = walk.Continue(engine());
            if (!isMore)
            {
                _history.Add(walk.End(engine()), engine().Pool);
            }

            took += time.GetElapsedTime(started);
        }

        _madeAt = time.GetTimestamp();
        _goodFor = took * Share > ShortestAge ? took * Share : ShortestAge;
    }
}
