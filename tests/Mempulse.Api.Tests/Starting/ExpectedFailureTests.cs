using System.Net.Sockets;
using Mempulse.Node.Starting;

namespace Mempulse.Api.Tests.Starting;

/// <summary>Which failures of a start are a sentence, however hosting wraps them, and which are a stop.</summary>
public sealed class ExpectedFailureTests
{
    private static readonly IOException _expected = new("full");
    private static readonly NotSupportedException _bug = new("a bug");
    private static readonly OperationCanceledException _stop = new();

    [Fact]
    public void An_expected_failure_is_found_wherever_it_is()
    {
        Exception[] expected = [_expected, new SocketException(), new UnauthorizedAccessException()];

        Assert.All(expected, failure => Assert.Same(failure, ExpectedFailure.Find(failure)));
        Assert.All(expected, failure => Assert.Same(failure, ExpectedFailure.Find(new InvalidOperationException("outer", new InvalidOperationException("inner", failure)))));
        Assert.All(expected, failure => Assert.Same(failure, ExpectedFailure.Find(new AggregateException(_bug, new InvalidOperationException("inner", failure)))));
    }

    [Fact]
    public void A_bug_is_not_expected()
    {
        Assert.Null(ExpectedFailure.Find(_bug));
        Assert.Null(ExpectedFailure.Find(new InvalidOperationException("outer", _bug)));
        Assert.Null(ExpectedFailure.Find(new AggregateException(_bug, _stop)));
    }

    [Fact]
    public void A_stop_is_a_cancellation_of_every_part()
    {
        Assert.True(ExpectedFailure.IsCancellation(_stop));
        Assert.True(ExpectedFailure.IsCancellation(new AggregateException(_stop, new TaskCanceledException())));
        Assert.False(ExpectedFailure.IsCancellation(new AggregateException(_stop, _bug)));
        Assert.False(ExpectedFailure.IsCancellation(_expected));
    }
}
