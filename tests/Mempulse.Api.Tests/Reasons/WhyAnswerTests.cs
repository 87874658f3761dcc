using System.Net;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Api.Tests.Reasons;

/// <summary>GET /tx/{hash}/why: every part of an answer in its place.</summary>
public sealed class WhyAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    [Fact]
    public async Task An_answer_has_its_words_its_numbers_and_its_evidence_as_the_fold_gave_them()
    {
        var tx = Named.Tx("t");
        var answer = new WhyAnswer
        {
            Subject = "transaction",
            Id = tx,
            Chain = new ChainId(1),
            State = "Pending",
            AsOf = new GlobalSeq(77),
            AsOfTime = new UnixNanoseconds(1_769_860_800_000_000_001),
            Reasons =
            [
                new Reason("no_obstacle", EvidenceStrength.NotDerivable, "Nothing is known.") { WouldDecide = "More." },
                new Reason("fee_below_base", EvidenceStrength.Proof, "It pays too little.") { Numbers = [new Quantity("lacks", UInt256.MaxValue, "wei/gas")] }
                    .RestingOn(Enumerable.Range(1, 40).Reverse().Select(static seq => new GlobalSeq((ulong)seq))),
            ],
            IsTruncated = true,
        };
        api.Begin().Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.ExplainTx), answer);

        var (status, body) = await api.GetAsync($"/tx/{tx}/why");

        Assert.Equal(HttpStatusCode.OK, status);
        JsonText.AssertIs(body, $$"""
            {"subject":"transaction","id":"{{tx}}","chain":"1","state":"Pending","headline":"transaction {{tx}} is Pending: Nothing is known.","asOfSeq":77,"asOfTime":"2026-01-31T12:00:00.000000001Z",
             "reasons":[
              {"verdict":"no_obstacle","strength":"not_derivable","sentence":"Nothing is known.","numbers":[],"evidence":[],"evidenceCount":0,"wouldDecide":"More."},
              {"verdict":"fee_below_base","strength":"proof","sentence":"It pays too little.","numbers":[{"name":"lacks","value":"{{UInt256.MaxValue}}","unit":"wei/gas"}],
               "evidence":[{{string.Join(',', Enumerable.Range(1, 32))}}],"evidenceCount":40,"wouldDecide":null}],
             "truncated":true}
            """);
        Assert.Equal([tx], api.Grains.Calls.Single().Arguments);
    }

    [Fact]
    public async Task A_hash_that_is_not_one_is_refused()
    {
        var (status, body) = await api.Begin().GetAsync("/tx/0x12/why");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("'0x12' is not a valid transaction hash: expected 0x and 64 hex digits.", body.GetProperty("detail").GetString());
    }
}
