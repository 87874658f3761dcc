using Mempulse.JsonRpc.Transports;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Mempool;

/// <summary>The next nonce of a sender is asked for once, and again where no answer came.</summary>
public sealed class NonceProbeTests
{
    private const string Method = "eth_getTransactionCount";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sender_is_asked_for_once_when_answered_and_again_at_its_next_transaction_when_not()
    {
        string answer = "null";
        await using var parts = await SourceParts.StartAsync((_, _) => Volatile.Read(ref answer));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var running = parts.Nonces.RunSourceAsync(parts.Source.Record.Id, parts.Client, stop.Token);
        parts.Nonces.Note(Sender(1));
        await Until.TrueAsync(() => parts.Node.CallsTo(Method) == 1, "the first question");

        Volatile.Write(ref answer, "\"0x7\"");
        await Until.TrueAsync(
            () =>
            {
                parts.Nonces.Note(Sender(1));
                return parts.Sink.Events().OfType<LogEvent.AccountNonceObserved>().Any();
            },
            "the answer");
        int calls = parts.Node.CallsTo(Method);
        parts.Nonces.Note(Sender(1));
        parts.Nonces.Note(Sender(2));
        await Until.TrueAsync(() => parts.Sink.Events().OfType<LogEvent.AccountNonceObserved>().Count() == 2, "the other sender");
        await SourceParts.EndAsync(stop, running);

        Assert.Equal(calls + 1, parts.Node.CallsTo(Method));
        Assert.Equal([(Sender(1), 7UL), (Sender(2), 7UL)], parts.Sink.Events().OfType<LogEvent.AccountNonceObserved>().Select(static fact => (fact.Account, fact.Next.Value)));
    }

    [Fact]
    public async Task The_senders_of_a_call_that_failed_are_asked_for_again()
    {
        await using var parts = await SourceParts.StartAsync(static (_, _) => "\"0x7\"");
        await using var unreachable = new JsonRpc.Calls.RpcClient(
            new Uri("http://127.0.0.1:1"), new() { CallRetries = 0 }, TimeProvider.System, new Observability.RpcMeter(Observability.UnhostedMeters.Shared, new ChainId(1), "test"));
        parts.Nonces.Note(Sender(1));
        await Assert.ThrowsAsync<RpcTransportException>(() => parts.Nonces.RunSourceAsync(parts.Source.Record.Id, unreachable, Cancelled));

        parts.Nonces.Note(Sender(1));

        await AssertAnsweredAsync(parts, 1);
    }

    [Fact]
    public async Task A_sender_that_found_no_room_is_asked_for_at_its_next_transaction()
    {
        const int capacity = 8_192;
        await using var parts = await SourceParts.StartAsync(static (_, _) => "\"0x7\"", static options => options with { BodiesPerCall = 1_000 });
        for (int i = 0; i <= capacity; i++)
        {
            parts.Nonces.Note(Sender(i));
        }

        await AssertAnsweredAsync(parts, capacity);
        parts.Nonces.Note(Sender(capacity));

        await AssertAnsweredAsync(parts, capacity + 1);
    }

    private static async Task AssertAnsweredAsync(SourceParts parts, int senders)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var running = parts.Nonces.RunSourceAsync(parts.Source.Record.Id, parts.Client, stop.Token);
        await Until.TrueAsync(() => parts.Node.CallsTo(Method) == senders, "the questions");
        await SourceParts.EndAsync(stop, running);
    }

    private static Address Sender(int number) => new([.. BitConverter.GetBytes(number), .. new byte[16]]);
}
