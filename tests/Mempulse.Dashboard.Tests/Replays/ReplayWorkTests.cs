using Mempulse.Canon.Files;
using Mempulse.Dashboard.Tests.Browsers;
using Mempulse.Dashboard.Tests.Screens;
using Mempulse.Dashboard.Tests.Stories;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Grains.Logs;
using Mempulse.Net.Playback;
using Mempulse.Node.Lanes;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Dashboard.Tests.Replays;

/// <summary>The screen of replays while the node works, when it works for someone else, and when the work ends without an answer.</summary>
public sealed class ReplayWorkTests : IAsyncLifetime
{
    private readonly HeldFiles _files = new(PosixFileSystem.Instance);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Unanswered _unanswered = new();
    private readonly ViewedNode _node;

    public ReplayWorkTests() => _node = new ViewedNode
    {
        Plan = static () => CaptureInput.Of(CaptureInput.SamplePath, PlaybackPace.Maximal),
        Configure = services => services.Configure<LogHostOptions>(logs => logs.Files = _files).AddSingleton<IIncomingGrainCallFilter>(new AfterCancel(_cancelled)).AddSingleton<IIncomingGrainCallFilter>(_unanswered),
    };

    public ValueTask InitializeAsync() => _node.InitializeAsync();

    [Fact]
    public async Task Work_is_announced_another_range_waits_for_it_and_cancel_makes_room_and_can_be_taken_back()
    {
        using var hold = _files.Hold();
        await using var first = await _node.OpenAsync("/replay?from=20&to=40");
        await first.ReadsAsync("[data-standing]", "Folding 20 events");
        await using var second = await _node.OpenAsync("/replay?from=30&to=60");
        await second.ReadsAsync("[data-standing]", "Waiting: the node runs one replay at a time. The replay of 20 to 40 is in progress");
        await first.PictureAsync("replay-working");
        await second.PictureAsync("replay-busy");
        string findings = await Accessibility.FindingsAsync(second);

        await first.Page.ClickAsync(".replay-bar >> text=Cancel");
        await _cancelled.Task;
        hold.Dispose();

        await first.ReadsAsync(".replay-problem", "The work on 20 to 40 was cancelled");
        await second.ReadsAsync("[data-standing]", "30 events folded in");
        await first.Page.ClickAsync("text=Fold again");
        await first.ReadsAsync("[data-standing]", "20 events folded in");
        Assert.Equal(0, await first.Page.Locator(".replay-problem").CountAsync());
        Assert.True(findings.Length == 0, findings);
    }

    [Fact]
    public async Task Work_that_failed_says_why_and_is_done_again_on_demand()
    {
        using var failing = _files.Fail("The disk is gone.");
        await using var page = await _node.OpenAsync("/replay?from=20&to=40");

        await page.ReadsAsync(".replay-problem", "The disk is gone.");
        await page.PictureAsync("replay-failed");
        string findings = await Accessibility.FindingsAsync(page);
        failing.Dispose();
        await page.Page.ClickAsync("text=Fold again");

        await page.ReadsAsync("[data-standing]", "20 events folded in");
        Assert.True(findings.Length == 0, findings);
    }

    [Theory]
    [InlineData("Replay", "?from=20&to=40")]
    [InlineData("Search", "?from=20&to=40&find=1")]
    [InlineData("Scan", "?from=20&to=40")]
    public async Task A_question_that_was_not_answered_is_asked_again_with_the_next_update(string method, string range)
    {
        await using var page = await _node.OpenAsync("/replay?from=1&to=2");
        await page.ReadsAsync("[data-standing]", "1 events folded in");
        _unanswered.Method = method;

        await page.GoAsync($"/replay{range}");
        await page.ReadsAsync("#strip", "Could not be read; trying again");
        _unanswered.Method = string.Empty;

        await page.ReadsAsync("[data-standing]", "20 events folded in");
        await page.SeesAsync(".replay-steps [data-row]");
        await page.Page.WaitForFunctionAsync("() => !document.querySelector('#strip').textContent.includes('trying again')");
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _files.Dispose();
    }

    /// <summary>Calls of a grain method that time out.</summary>
    private sealed class Unanswered : IIncomingGrainCallFilter
    {
        public string Method { get; set; } = string.Empty;

        public Task Invoke(IIncomingGrainCallContext context) => context.MethodName == Method ? throw new TimeoutException("No answer, as the test wants it.") : context.Invoke();
    }

    /// <summary>Tells when the node has taken a cancellation.</summary>
    private sealed class AfterCancel(TaskCompletionSource taken) : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            if (context.MethodName == nameof(IReplayGrain.Cancel))
            {
                taken.TrySetResult();
            }
        }
    }
}
