using System.Net;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Senders;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Api.Tests.Senders;

/// <summary>GET /sender/{address}: nonces, gaps and transactions have their own places, and an unknown nonce is null.</summary>
public sealed class SenderAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private static readonly Address _account = Named.Account("alice");

    [Fact]
    public async Task An_account_has_each_of_its_parts_in_its_place()
    {
        api.Begin(static api => api.IsSynthetic = true);
        api.Grains.Set<ISenderGrain>(nameof(ISenderGrain.Read), new SenderView
        {
            Address = _account,
            AsOf = new GlobalSeq(9),
            NextNonce = new Nonce(4),
            NonceKnowledge = "Reported",
            Transactions = [new SenderTx(new Nonce(4), Named.Tx("a"), TxState.Pending), new SenderTx(new Nonce(7), Named.Tx("b"), TxState.Queued)],
            NonceCount = 300,
            Gaps = [new SenderGap(new Nonce(5), new Nonce(6)), new SenderGap(new Nonce(8), new Nonce(8))],
            Recent = [Named.Tx("c"), Named.Tx("a")],
        });

        var (_, sender) = await api.GetAsync($"/sender/{_account}");

        JsonText.AssertIs(sender, $$"""
            {"chain":"1","synthetic":true,"address":"{{_account}}","asOfSeq":9,"nextNonce":4,"nonceKnowledge":"Reported",
             "transactions":[{"nonce":4,"hash":"{{Named.Tx("a")}}","status":"Pending"},{"nonce":7,"hash":"{{Named.Tx("b")}}","status":"Queued"}],
             "nonceCount":300,"gaps":[{"first":5,"last":6},{"first":8,"last":8}],"logged":["{{Named.Tx("c")}}","{{Named.Tx("a")}}"]}
            """);
    }

    [Fact]
    public async Task An_account_whose_nonce_is_not_known_has_none()
    {
        api.Begin();
        api.Grains.Set<ISenderGrain>(nameof(ISenderGrain.Read), new SenderView { Address = _account, AsOf = new GlobalSeq(9), NonceKnowledge = "Unknown" });

        var (_, sender) = await api.GetAsync($"/sender/{_account}");

        JsonText.AssertIs(sender, $$"""{"chain":"1","synthetic":false,"address":"{{_account}}","asOfSeq":9,"nextNonce":null,"nonceKnowledge":"Unknown","transactions":[],"nonceCount":0,"gaps":[],"logged":[]}""");
    }

    [Fact]
    public async Task An_account_without_a_record_is_not_found()
    {
        api.Begin();
        api.Grains.Set<ISenderGrain>(nameof(ISenderGrain.Read), (object?)null);

        var (status, problem) = await api.GetAsync($"/sender/{_account}");

        Assert.Equal((HttpStatusCode.NotFound, $"The log of chain 1 has no account {_account}."), (status, problem.GetProperty("detail").GetString()));
    }
}
