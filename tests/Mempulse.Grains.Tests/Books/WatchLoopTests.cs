using Mempulse.ChainState;
using Mempulse.Grains.Books;

namespace Mempulse.Grains.Tests.Books;

/// <summary>Looks follow one another, whatever becomes of one, with a pause that doubles while they fail.</summary>
public sealed class WatchLoopTests : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly PauseClock _clock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _reported = [];
    private readonly List<string> _told = [];
    private Func<string> _look = static () => string.Empty;
    private Task _running = Task.CompletedTask;

    public static TheoryData<Exception, string> Failures => new()
    {
        { new StateUnavailableException(StateUnavailability.NotRecorded, "The recording has no state of it."), string.Empty },
        { new StateUnavailableException(StateUnavailability.NoNodeAnswers, "No node answers."), "No node answers." },
        { new TimeoutException("30 s."), "The log's silo does not answer: 30 s." },
        { new OrleansException("Gone."), "The log's silo does not answer: Gone." },
        { new ArgumentException("No silo can host it."), "The log's silo does not answer: No silo can host it." },
        { new InvalidOperationException("Broken."), "The reading failed: Broken." },
        { new OperationCanceledException("Cut."), "The reading failed: Cut." }, // the watch was not stopped
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_is_a_problem_that_the_next_look_hands_to_the_fold(Exception failure, string problem)
    {
        _look = () => throw failure;
        Start();
        var pause = await PauseAsync();
        _look = static () => string.Empty;

        pause.End();
        await PauseAsync();

        Assert.Equal([string.Empty, problem], _told);
        Assert.Equal(problem.Length == 0 ? [] : [problem], _reported);
    }

    [Fact]
    public async Task The_pause_doubles_with_each_failure_up_to_half_a_minute_and_a_success_ends_that()
    {
        _look = static () => "No.";
        Start();
        List<int> pauses = [];
        PauseClock.Pause pause;
        for (int look = 0; look < 9; look++)
        {
            pause = await PauseAsync();
            pauses.Add((int)(pause.Length / s_interval));
            _look = look == 7 ? static () => string.Empty : static () => "No.";
            pause.End();
        }

        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 128, 1], pauses);
        Assert.Equal(["No."], _reported.Take(1));
    }

    [Fact]
    public async Task A_problem_that_lasts_is_reported_once_and_one_that_comes_back_again()
    {
        Queue<string> problems = new(["No.", "No.", string.Empty, "No.", "Another."]);
        _look = problems.Dequeue;
        Start();
        while (problems.Count > 0)
        {
            (await PauseAsync()).End();
        }

        await PauseAsync();

        Assert.Equal(["No.", "No.", "Another."], _reported);
    }

    [Fact]
    public async Task A_stop_ends_the_pause()
    {
        Start();
        await PauseAsync();

        await _stop.CancelAsync();
        await _running;

        Assert.Single(_told);
    }

    [Fact]
    public async Task A_stop_within_a_look_is_no_problem()
    {
        _look = () =>
        {
            _stop.Cancel();
            throw new OperationCanceledException(_stop.Token);
        };
        Start();

        await _running;

        Assert.Empty(_reported);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private void Start() => _running = new WatchLoop(new Look(this), s_interval, _clock, _reported.Add).RunAsync(_stop.Token);

    private ValueTask<PauseClock.Pause> PauseAsync() => _clock.NextAsync(TestContext.Current.CancellationToken);

    private sealed class Look(WatchLoopTests test) : ILook
    {
        public Task<string> LookAsync(string problem, CancellationToken cancellationToken)
        {
            test._told.Add(problem);
            return Task.FromResult(test._look());
        }
    }
}
