using System.Globalization;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Refusals;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Testing.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.JsonRpc.Tests;

/// <summary>Every call is answered whatever form of it the node accepts, over HTTP and over a WebSocket.</summary>
public sealed class RpcClientTests
{
    private const int Calls = 40;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>How nodes refuse a batch, and the largest one that they accept.</summary>
    public static TheoryData<string, int> BatchRefusals
    {
        get
        {
            var table = new TheoryData<string, int>();
            foreach (string refusal in s_batchRefusals.Keys)
            {
                foreach (int limit in new[] { 0, 1, 3, 20, 50 })
                {
                    table.Add(refusal, limit);
                }
            }

            return table;
        }
    }

    private static readonly SortedDictionary<string, NodeReply> s_batchRefusals = new(StringComparer.Ordinal)
    {
        ["geth"] = new NodeReply.Refusal(-32600, "batch too large"),
        ["erigon"] = new NodeReply.Refusal(-32000, "batch limit 3 exceeded"),
        ["jsonrpsee"] = new NodeReply.Refusal(-32005, "Batch requests are not supported by this server"),
        ["invalid request"] = new NodeReply.Refusal(-32600, "invalid request"),
        ["method not found"] = new NodeReply.Refusal(-32601, "Method not found"),
        ["no text"] = new NodeReply.Refusal(0, ""),
        ["a list of one"] = new NodeReply.Literal("""[{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"too many"}}]"""),
        ["413"] = new NodeReply.Status(413),
        ["400"] = new NodeReply.Status(400, Body: "<html>Bad Request</html>"),
        ["403 with an error"] = new NodeReply.Status(403, Body: """{"error":"forbidden"}"""),
        ["500"] = new NodeReply.Status(500),
        ["a page"] = new NodeReply.Literal("<html>nothing here</html>"),
        ["an empty list"] = new NodeReply.Literal("[]"),
        ["a closed connection"] = new NodeReply.Cut(),
    };

    [Theory]
    [MemberData(nameof(BatchRefusals))]
    public async Task A_batch_that_is_refused_is_sent_in_another_form(string refusal, int limit)
    {
        foreach (bool isHttp in new[] { true, false })
        {
            await using var node = Echo(new NodeScript { MaxBatch = limit, BatchRefusal = s_batchRefusals[refusal] });
            await using var client = NewClient(isHttp ? node.HttpAddress : node.Address);

            await AssertAllAnsweredAsync(client);
            int before = node.Messages;
            await AssertAllAnsweredAsync(client);

            // What the node accepts is remembered: no message of the second round is refused.
            int largest = limit >= Calls ? Calls : Math.Max(limit, 1);
            Assert.True(node.Messages - before <= Calls, $"{node.Messages - before} messages for batches of up to {largest}");
        }
    }

    [Theory]
    [InlineData(-32600, "eth_echo is unsupported in batch")]
    [InlineData(-32601, "the method does not exist")]
    [InlineData(-32600, "invalid request")]
    [InlineData(-32000, "Too many calls in batch: at most 10")]
    [InlineData(-32003, "response too large")]
    [InlineData(0, "")]
    public async Task Calls_that_are_refused_in_a_batch_are_sent_alone(int code, string message)
    {
        await using var node = Echo(new NodeScript { Rules = [new NodeRule("eth_echo", new NodeReply.Refusal(code, message)) { Place = CallPlace.InBatch }] });
        await using var client = NewClient(node.HttpAddress);

        await AssertAllAnsweredAsync(client);
    }

    [Theory]
    [InlineData("0x7")]
    [InlineData("0x1")]
    public async Task A_call_without_an_answer_in_the_batch_is_sent_alone(string silent)
    {
        await using var node = Echo(new NodeScript
        {
            Rules = [new NodeRule("eth_echo", new NodeReply.Silence()) { Place = CallPlace.InBatch, Parameters = $"\"{silent}\"" }],
            IsBatchReversed = true,
            IdFormat = "\"{0}\"",
        });
        await using var client = NewClient(node.HttpAddress);

        await AssertAllAnsweredAsync(client);
    }

    [Fact]
    public async Task Answers_without_ids_are_not_assigned_to_calls()
    {
        await using var node = Echo(new NodeScript { IdFormat = "null", IsBatchReversed = true });
        await using var client = NewClient(node.HttpAddress);

        await AssertAllAnsweredAsync(client);
    }

    [Fact]
    public async Task A_method_that_the_node_does_not_have_costs_one_more_call()
    {
        await using var node = Echo(NodeScript.Honest.With("eth_echo", new NodeReply.Refusal(-32601, "the method does not exist")));
        await using var client = NewClient(node.HttpAddress);

        for (int round = 0; round < 3; round++)
        {
            using var answers = await client.BatchAsync(Questions(), Cancelled);
            Assert.All(answers, answer => Assert.Equal(RefusalKind.MethodNotSupported, answer.Refusal.Kind));
        }

        Assert.Equal(4, node.Messages);
    }

    public static TheoryData<string> RateLimits => [.. s_rateLimits.Keys];

    private static readonly SortedDictionary<string, NodeReply> s_rateLimits = new(StringComparer.Ordinal)
    {
        ["429 with Retry-After"] = new NodeReply.Status(429, RetryAfter: "10"),
        ["503 with Retry-After"] = new NodeReply.Status(503, RetryAfter: "10"),
        ["429 with an error"] = new NodeReply.Status(429, Body: """{"jsonrpc":"2.0","id":null,"error":{"code":429,"message":"slow down, retry in 10s"}}"""),
        ["text"] = new NodeReply.Refusal(-32005, "rate limited, try again in 10s"),
        ["data"] = new NodeReply.Literal("""{"jsonrpc":"2.0","id":0,"error":{"code":-32005,"message":"project ID request rate exceeded","data":{"rate":{"backoff_seconds":10}}}}"""),
        ["no time"] = new NodeReply.Refusal(-32005, "limit exceeded"),
    };

    [Theory]
    [MemberData(nameof(RateLimits))]
    public async Task A_rate_limit_is_waited_for(string limit)
    {
        var time = new FakeTimeProvider();
        await using var node = Echo(new NodeScript { Rules = [new NodeRule("eth_echo", s_rateLimits[limit]) { LastCall = 2 }] });
        await using var client = NewClient(node.HttpAddress, time);
        var began = time.GetUtcNow();

        using var answers = await AdvanceUntilDoneAsync(client.CallAsync(new RpcCall("eth_echo", "0x1"), Cancelled), time);

        Assert.Equal("0x1", answers[0].Result.GetString());
        Assert.Equal(3, node.Messages);
        Assert.True(limit == "no time" || time.GetUtcNow() - began >= TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Patience_ends_and_the_refusal_is_the_answer()
    {
        var time = new FakeTimeProvider();
        await using var node = Echo(NodeScript.Honest.With("eth_echo", new NodeReply.Status(429, RetryAfter: "0")));
        await using var client = NewClient(node.HttpAddress, time);

        using var answers = await AdvanceUntilDoneAsync(client.CallAsync(new RpcCall("eth_echo", "0x1"), Cancelled), time);

        Assert.Equal(RefusalKind.RateLimited, answers[0].Refusal.Kind);
        Assert.InRange(node.Messages, 3, 20);
    }

    [Fact]
    public async Task Waiting_ends_when_the_caller_cancels()
    {
        using var stop = new CancellationTokenSource();
        await using var node = Echo(NodeScript.Honest.With("eth_echo", new NodeReply.Status(429, RetryAfter: "3600")));
        await using var client = NewClient(node.HttpAddress, new FakeTimeProvider());
        var call = client.CallAsync(new RpcCall("eth_echo", "0x1"), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Only_the_calls_of_a_batch_that_were_limited_are_sent_again()
    {
        var time = new FakeTimeProvider();
        await using var node = Echo(new NodeScript { Rules = [new NodeRule("eth_echo", new NodeReply.Refusal(-32005, "rate limit exceeded")) { FirstCall = 11, LastCall = Calls }] });
        await using var client = NewClient(node.HttpAddress, time);

        using var answers = await AdvanceUntilDoneAsync(client.BatchAsync(Questions(), Cancelled), time);

        Assert.All(answers, answer => Assert.True(answer.HasResult));
        Assert.Equal((2, Calls + 30), (node.Messages, node.CallsTo("eth_echo")));
    }

    [Fact]
    public async Task A_limit_is_tried_again_later()
    {
        var time = new FakeTimeProvider();
        await using var node = Echo(new NodeScript { MaxBatch = 0 });
        await using var client = NewClient(node.HttpAddress, time);
        await AssertAllAnsweredAsync(client);
        node.Script = NodeScript.Honest;

        time.Advance(BatchLimits.TrialInterval);
        int before = node.Messages;
        await AssertAllAnsweredAsync(client);

        Assert.Equal(Calls / 2, node.Messages - before);
    }

    private static IReadOnlyList<RpcCall> Questions() => [.. Enumerable.Range(0, Calls).Select(i => new RpcCall("eth_echo", Number(i)))];

    private static string Number(int i) => "0x" + i.ToString("x", CultureInfo.InvariantCulture);

    private static async Task AssertAllAnsweredAsync(RpcClient client)
    {
        using var answers = await client.BatchAsync(Questions(), Cancelled);

        Assert.Equal(Enumerable.Range(0, Calls).Select(Number), answers.Select(answer => answer.HasResult ? answer.Result.GetString() : answer.Refusal.ToString()));
    }

    private static async Task<RpcAnswers> AdvanceUntilDoneAsync(Task<RpcAnswers> call, FakeTimeProvider time)
    {
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        return await call;
    }

    private static ScriptedNode Echo(NodeScript script) => new() { Script = script, Result = static (_, parameters) => parameters[0].GetRawText() };

    private static RpcClient NewClient(string address, TimeProvider? time = null)
    {
        // A day, so that a clock that is moved by hand ends no call.
        var options = new RpcConnectionOptions { CallRetries = 0, CallTimeout = time is null ? TimeSpan.FromSeconds(20) : TimeSpan.FromDays(1) };
        var meter = new RpcMeter(UnhostedMeters.Shared, new ChainId(1), "test");
        return new RpcClient(new Uri(address), options, time ?? TimeProvider.System, meter);
    }
}
