using System.Collections.Concurrent;
using System.Text.Json;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Refusals;
using Mempulse.JsonRpc.Subscriptions;
using Mempulse.JsonRpc.Transports;
using Mempulse.Testing.Nodes;
using Mempulse.Testing.Waiting;

namespace Mempulse.JsonRpc.Tests;

/// <summary>Each message of a node is delivered as a notification or reported as unread.</summary>
public sealed class RpcSubscriptionTests
{
    private const string End = """{"jsonrpc":"2.0","method":"eth_subscription","params":{"result":"end"}}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"0x1\"", "1")]
    [InlineData("1", "\"0x1\"")]
    [InlineData("1", "\"0x01\"")]
    [InlineData("1", "1.0")]
    [InlineData("\"1\"", "1")]
    [InlineData("\"0xABCDEF\"", "\"0xabcdef\"")]
    [InlineData("\"0x00000000000000000000000000000000000000000000000000000000000000ff\"", "255")]
    [InlineData("\"c9b8-uuid\"", "\"c9b8-uuid\"")]
    [InlineData("340282366920938463463374607431768211455", "\"0xffffffffffffffffffffffffffffffff\"")]
    [InlineData("true", "\"0x5\"")] // an answer without an id
    [InlineData("null", "7")]
    [InlineData("{\"id\":3}", "3")]
    public async Task Ids_are_equal_in_every_notation(string subscribed, string notified)
    {
        var heard = await ListenAsync(new NodeScript
        {
            SubscriptionId = subscribed,
            AfterSubscribed = [Notification(notified, "\"a\""), End],
        });

        Assert.Equal(["a", "end"], heard.Results);
        Assert.Empty(heard.Unread);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0xabc","result":"a","extra":{"x":1},"subscriptionType":"y"},"more":1}""")]
    [InlineData("""{"method":"eth_subscription","params":{"result":"a","subscription":"0xabc"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":5,"method":"eth_subscription","params":{"subscription":"0xabc","result":"a"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"eth_subscription","params":{"subscription":"0xabc","result":"a"}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"eth_subscription","params":{"result":"a"}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"eth_subscription","params":[{"subscription":"0xabc","result":"a"}]}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"eth_subscription","params":["0xabc","a"]}""")]
    [InlineData("""[{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0xabc","result":"a"}}]""")]
    public async Task Notifications_of_every_form_are_delivered(string message)
    {
        var heard = await ListenAsync(new NodeScript { AfterSubscribed = [message, End] });

        Assert.Equal(["a", "end"], heard.Results);
        Assert.Empty(heard.Unread);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0xdef","result":"a"}}""")] // another subscription
    [InlineData("""{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":2748.5,"result":"a"}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0xabc"}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0xabc","error":{"code":1}}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"eth_subscription","params":"a"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"eth_subscription","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"eth_subscription"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"parity_subscription","params":{"subscription":"0xabc","result":"a"}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":7,"params":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":9,"result":"a"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":9,"error":{"code":-32000,"message":"x"}}""")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("[1]")]
    public async Task A_message_that_is_not_our_notification_is_reported_and_the_rest_is_delivered(string message)
    {
        var heard = await ListenAsync(new NodeScript { AfterSubscribed = [message, End] });

        Assert.Equal(["end"], heard.Results);
        Assert.Single(heard.Unread);
    }

    [Fact]
    public async Task Notifications_before_the_answer_are_delivered_in_order_and_those_of_others_reported()
    {
        var heard = await ListenAsync(new NodeScript
        {
            BeforeSubscribed = [Notification("2748", "\"a\""), Notification("\"0x1\"", "\"b\""), Notification("\"0xabc\"", "\"c\"")],
            AfterSubscribed = [End],
        });

        Assert.Equal(["a", "c", "end"], heard.Results);
        Assert.Single(heard.Unread);
    }

    [Fact]
    public async Task Notifications_before_the_answer_are_bounded_and_the_rest_is_counted()
    {
        int sent = SubscriptionReader.MaxEarly + 100;
        var heard = await ListenAsync(new NodeScript
        {
            BeforeSubscribed = [.. Enumerable.Repeat(Notification("\"0xabc\"", "\"a\""), sent)],
            AfterSubscribed = [End],
        });

        Assert.Equal((SubscriptionReader.MaxEarly + 1, 100), (heard.Results.Count, heard.Unread.Count));
    }

    [Fact]
    public async Task A_node_that_notifies_and_never_answers_is_subscribed()
    {
        await using var node = new ScriptedNode
        {
            Script = NodeScript.Honest.With("eth_subscribe", new NodeReply.Silence()) with { BeforeSubscribed = [Notification("5", "\"a\""), End] },
        };
        var listener = new Listener();
        var options = new RpcConnectionOptions { CallTimeout = TimeSpan.FromMilliseconds(300) };

        await using var subscription = await RpcSubscription.OpenAsync(new Uri(node.Address), ["newHeads"], listener, options, TimeProvider.System, Cancelled);

        await Until.TrueAsync(() => listener.Results.Count == 2, "both");
        Assert.Empty(listener.Unread);
    }

    [Theory]
    [InlineData(-32601, "Method not found", RefusalKind.MethodNotSupported)]
    [InlineData(-32000, "notifications not supported", RefusalKind.MethodNotSupported)]
    [InlineData(-32005, "rate limit", RefusalKind.RateLimited)]
    public async Task A_refusal_is_classified(int code, string message, RefusalKind kind)
    {
        await using var node = new ScriptedNode { Script = NodeScript.Honest.With("eth_subscribe", new NodeReply.Refusal(code, message)) };

        var refused = await Assert.ThrowsAsync<RpcTransportException>(
            () => RpcSubscription.OpenAsync(new Uri(node.Address), ["newHeads"], new Listener(), new RpcConnectionOptions(), TimeProvider.System, Cancelled));

        Assert.Equal(kind, refused.Refusal.Kind);
    }

    private static string Notification(string id, string result) =>
        $$$"""{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":{{{id}}},"result":{{{result}}}}}""";

    private static async Task<Listener> ListenAsync(NodeScript script)
    {
        await using var node = new ScriptedNode { Script = script };
        var listener = new Listener();
        await using var subscription = await RpcSubscription.OpenAsync(
            new Uri(node.Address), ["newHeads"], listener, new RpcConnectionOptions(), TimeProvider.System, Cancelled);
        await Until.TrueAsync(() => listener.Results.Contains("end"), "the last notification");
        return listener;
    }

    private sealed class Listener : ISubscriptionListener
    {
        public ConcurrentQueue<string> Results { get; } = new();

        public ConcurrentQueue<string> Unread { get; } = new();

        public void Notified(JsonElement result) => Results.Enqueue(result.GetString()!);

        void ISubscriptionListener.Unread(string why) => Unread.Enqueue(why);
    }
}
