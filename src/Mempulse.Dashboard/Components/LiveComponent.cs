using Mempulse.Dashboard.Feed;
using Microsoft.AspNetCore.Components;

namespace Mempulse.Dashboard.Components;

/// <summary>A component that shows the feed: it renders with each tick that reaches its viewer.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    /// <summary>Rows of a table before the page is connected: about as many as are seen without scrolling.</summary>
    private const int FirstRows = 12;

    private bool _isReading;

    [Inject]
    private protected Viewer Viewer { get; set; } = null!;

    private protected FeedTick? Now => Viewer.Shown;

    /// <summary>Why this part could not be read, in a sentence; empty if it could.</summary>
    private protected string Problem => Viewer.ProblemOf(this);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            Viewer.Changed += OnChanged;
        }
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => GuardAsync(ReadAsync);

    /// <summary>Reads; a failure of the node is shown in the strip, and what was read before stays.</summary>
    protected async Task GuardAsync(Func<Task> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            await read();
            Viewer.Note(this, string.Empty);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException or IOException or ArgumentException) // ArgumentException: this process does not hold the grain
        {
            Viewer.Note(this, Sentence(failure));
        }
    }

    /// <summary>The number of rows of a table that are rendered: few in the first answer, and the others as soon as the page is connected.</summary>
    private protected int RowsOf(int most) => RendererInfo.IsInteractive ? most : Math.Min(most, FirstRows);

    /// <summary>Ends following the feed.</summary>
    protected virtual void Dispose(bool isDisposing)
    {
        Viewer.Changed -= OnChanged;
        Viewer.Note(this, string.Empty);
    }

    /// <summary>Reads what the component shows beyond the tick; called with each tick, never twice at a time.</summary>
    protected virtual Task ReadAsync() => Task.CompletedTask;

    private static string Sentence(Exception failure) => failure is TimeoutException ? "The node did not answer in time." : failure.Message;

    private void OnChanged() => _ = InvokeAsync(async () =>
    {
        if (_isReading)
        {
            return;
        }

        _isReading = true;
        try
        {
            await GuardAsync(ReadAsync);
            StateHasChanged();
        }
        finally
        {
            _isReading = false;
        }
    });
}
