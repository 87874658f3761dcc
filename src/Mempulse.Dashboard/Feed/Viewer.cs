using Mempulse.Primitives;

namespace Mempulse.Dashboard.Feed;

/// <summary>What one viewer sees: the last tick that reached the browser, or the one at which it was paused. Confined to the viewer's circuit.</summary>
/// <remarks>A tick is rendered only after the browser has confirmed the one before. So a slow viewer gets fewer ticks, each whole, and a count of those it missed.</remarks>
internal sealed class Viewer(LiveFeed feed) : IDisposable
{
    private readonly Dictionary<object, string> _problems = [];
    private IDisposable? _watching;
    private FeedTick? _newest;
    private int _isPosted;
    private bool _isUnconfirmed;

    /// <summary>Raised when <see cref="Shown"/> or the pause has changed.</summary>
    public event Action? Changed;

    /// <summary>The tick that is shown; null until the node has answered once.</summary>
    public FeedTick? Shown { get; private set; } = feed.Latest;

    /// <summary>True while everything holds still.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>When the pause began.</summary>
    public UnixNanoseconds PausedAt { get; private set; }

    /// <summary>Events that arrived during the pause and are not shown yet.</summary>
    public ulong HeldEvents => IsPaused && _newest is { } newest && Shown is { } shown && newest.Pool.Applied > shown.Pool.Applied ? newest.Pool.Applied.Value - shown.Pool.Applied.Value : 0;

    /// <summary>Ticks that were merged since the browser confirmed one in time.</summary>
    public int Coalesced { get; private set; }

    /// <summary>Why a part of the page could not be read, in a sentence; empty if all could.</summary>
    public string Problem => _problems.Values.FirstOrDefault() ?? string.Empty;

    /// <summary>The entry of the navigation that is underlined: the screen that led to this one.</summary>
    public string Entry { get; set; } = "/";

    /// <summary>Begins to follow the feed.</summary>
    /// <param name="post">Runs an action on the circuit.</param>
    public void Follow(Func<Action, Task> post) => _watching ??= feed.Watch(tick =>
    {
        _newest = tick;
        if (Interlocked.Exchange(ref _isPosted, 1) == 0)
        {
            _ = post(Take); // one action at most waits in the circuit's queue
        }
    });

    /// <summary>The browser has the tick that was rendered last.</summary>
    public void Confirm() => _isUnconfirmed = false;

    /// <summary>Holds everything still, or shows at once what arrived meanwhile.</summary>
    public void TogglePause()
    {
        IsPaused = !IsPaused;
        PausedAt = feed.Latest?.ReadAt ?? default;
        if (!IsPaused)
        {
            Shown = feed.Latest;
        }

        Changed?.Invoke();
    }

    /// <summary>Why a part of the page could not be read, in a sentence; empty if it could.</summary>
    public string ProblemOf(object part) => _problems.GetValueOrDefault(part) ?? string.Empty;

    /// <summary>Notes that a part of the page could not be read.</summary>
    /// <param name="part">The part.</param>
    /// <param name="problem">Why, in a sentence; empty if it could.</param>
    public void Note(object part, string problem)
    {
        if (problem.Length == 0)
        {
            _problems.Remove(part);
        }
        else
        {
            _problems[part] = problem;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _watching?.Dispose();

    private void Take()
    {
        Volatile.Write(ref _isPosted, 0);
        if (_isUnconfirmed)
        {
            Coalesced++;
            return;
        }

        Coalesced = 0;
        _isUnconfirmed = true;
        if (!IsPaused)
        {
            Shown = _newest;
        }

        Changed?.Invoke();
    }
}
