using System.Net;
using System.Net.Sockets;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Refusals;
using Mempulse.JsonRpc.Transports;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Testing.Nodes;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.JsonRpc.Tests;

/// <summary>One exchange over both transports: the budget of retries, size limits, reconnection, and which failure a call reports.</summary>
public sealed class RpcExchangeTests
{
    private static readonly RpcCall s_call = new("eth_echo", "0x1");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, 3, true)]
    [InlineData(true, 4, false)]
    [InlineData(false, 3, true)]
    [InlineData(false, 4, false)]
    public async Task A_call_is_repeated_exactly_as_often_as_allowed(bool isHttp, int failures, bool isAnswered)
    {
        var time = new FakeTimeProvider();
        await using var node = Echo(new NodeScript { Rules = [new NodeRule("eth_echo", new NodeReply.Cut()) { LastCall = failures }] });
        await using var client = NewClient(isHttp ? node.HttpAddress : node.Address, time, retries: 3);

        var call = AdvanceUntilDoneAsync(client.CallAsync(s_call, Cancelled), time);

        if (isAnswered)
        {
            using var answers = await call;
            Assert.Equal("0x1", answers[0].Result.GetString());
        }
        else
        {
            Assert.Equal(TransportFault.Closed, (await Assert.ThrowsAsync<RpcTransportException>(() => call)).Fault);
        }

        Assert.Equal(4, node.CallsTo("eth_echo"));
    }

    [Theory]
    [InlineData(413, 1)] // an answer
    [InlineData(403, 1)]
    [InlineData(500, 3)] // may pass
    [InlineData(408, 3)]
    public async Task Only_a_status_that_may_pass_is_repeated(int status, int expected)
    {
        var time = new FakeTimeProvider();
        await using var node = Echo(NodeScript.Honest.With("eth_echo", new NodeReply.Status(status)));
        await using var client = NewClient(node.HttpAddress, time, retries: 2);

        try
        {
            using var answers = await AdvanceUntilDoneAsync(client.CallAsync(s_call, Cancelled), time);
            Assert.True(answers[0].IsRefused);
        }
        catch (RpcTransportException failure)
        {
            Assert.Equal((RefusalKind.Transient, status), (failure.Refusal.Kind, failure.Refusal.Code));
        }

        Assert.Equal(expected, node.CallsTo("eth_echo"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_without_an_answer_is_silent_after_exactly_its_time(bool isHttp)
    {
        var time = new FakeTimeProvider();
        await using var node = Echo(NodeScript.Honest.With("eth_echo", new NodeReply.Silence()));
        await using var client = NewClient(isHttp ? node.HttpAddress : node.Address, time, callTimeout: TimeSpan.FromSeconds(10));
        var call = client.CallAsync(s_call, Cancelled);
        await Until.TrueAsync(() => node.CallsTo("eth_echo") == 1, "asked");
        time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(TransportFault.Silent, (await Assert.ThrowsAsync<RpcTransportException>(() => call)).Fault);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_without_an_answer_is_repeated(bool isHttp)
    {
        var time = new FakeTimeProvider();
        await using var node = Echo(new NodeScript { Rules = [new NodeRule("eth_echo", new NodeReply.Silence()) { LastCall = 1 }] });
        await using var client = NewClient(isHttp ? node.HttpAddress : node.Address, time, retries: 1, callTimeout: TimeSpan.FromHours(1));
        var call = client.CallAsync(s_call, Cancelled);
        await Until.TrueAsync(() => node.CallsTo("eth_echo") == 1, "asked");
        time.Advance(TimeSpan.FromHours(1));
        await Until.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(50)); // the pause before the second attempt
                return call.IsCompleted;
            },
            "answered",
            limitSeconds: 60);

        using var answers = await call;
        Assert.Equal("0x1", answers[0].Result.GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_of_exactly_the_limit_is_read_and_a_longer_one_is_a_violation(bool isHttp)
    {
        const int limit = 4_096;
        const string frame = """{"id":0,"result":""}""";
        await using var node = Echo(NodeScript.Honest.With("eth_echo", new NodeReply.Literal(frame.Insert(frame.Length - 2, new string('a', limit - frame.Length)))));
        await using var client = NewClient(isHttp ? node.HttpAddress : node.Address, TimeProvider.System, maxMessageBytes: limit);
        for (int round = 0; round < 2; round++)
        {
            using var answers = await client.CallAsync(s_call, Cancelled);
            Assert.Equal(limit - frame.Length, answers[0].Result.GetString()!.Length);
        }

        node.Script = NodeScript.Honest.With("eth_echo", new NodeReply.Literal(frame.Insert(frame.Length - 2, new string('a', limit + 1 - frame.Length))));
        Assert.Equal(TransportFault.ProtocolViolation, (await Assert.ThrowsAsync<RpcTransportException>(() => client.CallAsync(s_call, Cancelled))).Fault);
        node.Script = NodeScript.Honest;
        using var after = await client.CallAsync(s_call, Cancelled);
        Assert.Equal("0x1", after[0].Result.GetString());
    }

    [Fact]
    public async Task The_late_answer_to_a_call_that_was_cancelled_is_not_taken_for_that_to_the_next()
    {
        using var release = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        await using var node = new ScriptedNode
        {
            Result = (method, _) =>
            {
                if (method == "eth_slow")
                {
                    release.Wait(TimeSpan.FromSeconds(60), CancellationToken.None);
                }

                return $"\"{method}\"";
            },
        };
        await using var client = NewClient(node.Address, TimeProvider.System);
        var slow = client.CallAsync(new RpcCall("eth_slow"), stop.Token);
        await Until.TrueAsync(() => node.CallsTo("eth_slow") == 1, "asked");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        release.Set();

        for (int i = 0; i < 3; i++)
        {
            using var answers = await client.CallAsync(new RpcCall("eth_fast"), Cancelled);
            Assert.Equal("eth_fast", answers[0].Result.GetString());
        }
    }

    [Theory]
    [InlineData(1_023, true)]
    [InlineData(1_024, false)]
    public async Task Messages_that_are_no_answers_are_skipped_up_to_a_limit(int stray, bool isAnswered)
    {
        const string notification = """{"method":"eth_subscription","params":{}}""";
        await using var node = new ScriptedNode { Script = new NodeScript { BeforeSubscribed = [.. Enumerable.Repeat(notification, stray)] } };
        await using var client = NewClient(node.Address, TimeProvider.System);

        var call = client.CallAsync(new RpcCall("eth_subscribe", "0x1"), Cancelled);

        if (isAnswered)
        {
            using var answers = await call;
            Assert.True(answers[0].HasResult);
        }
        else
        {
            Assert.Equal(TransportFault.ProtocolViolation, (await Assert.ThrowsAsync<RpcTransportException>(() => call)).Fault);
        }
    }

    [Fact]
    public async Task A_connection_that_is_reset_while_an_answer_is_awaited_is_closed_and_was_not_refused()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var resetting = Task.Run(async () =>
        {
            for (int i = 0; i < 2; i++)
            {
                using var client = await listener.AcceptTcpClientAsync(Cancelled);
                await client.GetStream().ReadExactlyAsync(new byte[16], Cancelled);
                client.Client.Close(timeout: 0); // a reset, not an end
            }
        }, Cancelled);
        await using var rpc = NewClient($"http://{listener.LocalEndpoint}/", TimeProvider.System);

        for (int i = 0; i < 2; i++)
        {
            var failure = await Assert.ThrowsAsync<RpcTransportException>(() => rpc.CallAsync(s_call, Cancelled));
            Assert.Equal(TransportFault.Closed, failure.Fault);
        }

        await resetting;
    }

    [Fact]
    public async Task A_refusal_counts_as_heard_and_silence_does_not()
    {
        var time = new FakeTimeProvider();
        await using var node = Echo(NodeScript.Honest.With("eth_echo", new NodeReply.Status(413)));
        await using var client = NewClient(node.HttpAddress, time);
        time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7), time.GetElapsedTime(client.LastHeard));

        using var answers = await client.CallAsync(s_call, Cancelled);
        Assert.Equal(TimeSpan.Zero, time.GetElapsedTime(client.LastHeard));
        time.Advance(TimeSpan.FromSeconds(3));
        node.Script = NodeScript.Honest.With("eth_echo", new NodeReply.Cut());
        await Assert.ThrowsAsync<RpcTransportException>(() => client.CallAsync(s_call, Cancelled));
        Assert.Equal(TimeSpan.FromSeconds(3), time.GetElapsedTime(client.LastHeard));
    }

    [Fact]
    public async Task Answers_own_their_memory_and_one_for_each_call_is_there_in_order()
    {
        await using var node = Echo(new NodeScript { MaxBatch = 7, IsBatchReversed = true });
        await using var client = NewClient(node.HttpAddress, TimeProvider.System);
        RpcCall[] calls = [.. Enumerable.Range(0, 30).Select(static i => new RpcCall("eth_echo", $"{i}"))];

        using var first = await client.BatchAsync(calls, Cancelled);
        using var second = await client.BatchAsync([.. calls.Reverse()], Cancelled);

        Assert.Equal(calls.Select(static call => (string)call.Parameters[0]), first.Select(static answer => answer.Result.GetString()!));
        Assert.Equal(calls.Reverse().Select(static call => (string)call.Parameters[0]), second.Select(static answer => answer.Result.GetString()!));
        var kept = first[0];
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => kept.Result.GetString());
    }

    private static ScriptedNode Echo(NodeScript script) => new() { Script = script, Result = static (_, parameters) => parameters[0].GetRawText() };

    private static async Task<RpcAnswers> AdvanceUntilDoneAsync(Task<RpcAnswers> call, FakeTimeProvider time)
    {
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        return await call;
    }

    private static RpcClient NewClient(string address, TimeProvider time, int retries = 0, TimeSpan? callTimeout = null, int maxMessageBytes = RpcConnectionOptions.DefaultMaxMessageBytes) => new(
        new Uri(address),
        new RpcConnectionOptions { CallRetries = retries, CallTimeout = callTimeout ?? TimeSpan.FromDays(1), MaxMessageBytes = maxMessageBytes },
        time,
        new RpcMeter(UnhostedMeters.Shared, new ChainId(1), "test"));
}
