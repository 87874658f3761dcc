using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Calls;
using Mempulse.Net.Blocks;
using Mempulse.Observability;
using Mempulse.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>A head is gone only after one connection has reported nothing new for exactly the patience.</summary>
public sealed class HeadAbsenceTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(24);
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);

    private readonly FakeTimeProvider _time = new();
    private readonly RpcClient _client = NewClient();
    private readonly RpcClient _other = NewClient();
    private readonly SeenBlock _tip = MadeChain.Seen(new MadeChain().Build(null, 1, "a")[0]);
    private readonly HeadAbsence _absence;

    public HeadAbsenceTests() => _absence = new HeadAbsence(s_patience, _time);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public void A_head_is_absent_from_the_patience_on_and_not_before()
    {
        Assert.False(_absence.Note(_client, _tip, 10));
        _time.Advance(s_patience - s_tick);
        Assert.False(_absence.Note(_client, _tip, 10));
        _time.Advance(s_tick);
        Assert.True(_absence.Note(_client, _tip, 10));
        Assert.True(_absence.Note(_client, _tip, 9)); // falling back further is no progress
    }

    [Theory]
    [InlineData("progress")]
    [InlineData("another connection")]
    [InlineData("another head of ours")]
    [InlineData("the head was reported")]
    public void The_time_begins_again_with(string what)
    {
        _absence.Note(_client, _tip, 10);
        _time.Advance(s_patience);
        if (what == "the head was reported")
        {
            _absence.End();
        }

        bool Note() => _absence.Note(
            what == "another connection" ? _other : _client,
            what == "another head of ours" ? _tip with { Number = new BlockNumber(_tip.Number.Value + 1) } : _tip,
            what == "progress" ? 11UL : 10);

        Assert.False(Note());
        _time.Advance(s_patience - s_tick);
        Assert.False(Note());
        _time.Advance(s_tick);
        Assert.True(Note());
    }

    private static RpcClient NewClient() =>
        new(new Uri("http://127.0.0.1:9"), new RpcConnectionOptions(), TimeProvider.System, new RpcMeter(UnhostedMeters.Shared, new ChainId(1), "test"));
}
