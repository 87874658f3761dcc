using Mempulse.Dashboard.Screens.Replays;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Tests.Replays;

/// <summary>Work over a range that viewers share: what failed is asked again, and what was ended stays ended.</summary>
public sealed class SharedWorkTests
{
    private const string Cancelled = "cancelled";

    private static readonly GlobalSeq _first = new(2);
    private static readonly GlobalSeq _last = new(8);

    private readonly Queue<TaskCompletionSource<string>> _calls = new();
    private readonly SharedWork<string> _work;

    public SharedWorkTests() => _work = new SharedWork<string>((_, _) => Ask(), static answer => answer is "done" or Cancelled, TimeProvider.System);

    [Fact]
    public async Task A_call_that_failed_is_made_again_with_the_next_reading()
    {
        var first = ReadAsync();
        _calls.Dequeue().SetException(new TimeoutException("No answer."));
        await Assert.ThrowsAsync<TimeoutException>(() => first);

        var second = ReadAsync();
        _calls.Dequeue().SetResult("done");

        Assert.Equal("done", await second);
    }

    [Fact]
    public async Task Work_that_was_ended_stays_ended_although_the_node_answers_later()
    {
        var reading = ReadAsync();
        _work.End(_first, _last, Cancelled);
        _calls.Dequeue().SetResult("done");

        Assert.Equal((Cancelled, Cancelled, 0), (await reading, await ReadAsync(), _calls.Count));
    }

    [Fact]
    public async Task An_answer_that_is_there_is_not_ended_and_a_forgotten_one_is_asked_for_again()
    {
        var reading = ReadAsync();
        _calls.Dequeue().SetResult("done");
        await reading;
        _work.End(_first, _last, Cancelled);
        string? kept = await ReadAsync();
        _work.Forget(_first, _last);
        var again = ReadAsync();
        _calls.Dequeue().SetResult("done");

        Assert.Equal(("done", "done"), (kept, await again));
    }

    private Task<string> Ask()
    {
        var call = new TaskCompletionSource<string>();
        _calls.Enqueue(call);
        return call.Task;
    }

    private Task<string?> ReadAsync() => _work.ReadAsync(_first, _last);
}
