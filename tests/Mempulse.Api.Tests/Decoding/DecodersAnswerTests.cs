using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Decoding;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Primitives;

namespace Mempulse.Api.Tests.Decoding;

/// <summary>GET /decoders: every figure of a function in its place, the worst first.</summary>
public sealed class DecodersAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private static readonly Address s_router = Address.Parse("0x00000000000000000000000000000000000000aa");

    [Fact]
    public async Task Every_figure_is_in_its_place_and_the_most_contradicted_function_is_first()
    {
        api.Begin();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetDecoders), new DecoderGrades(
            [
                new DecoderReport { Contract = default, Layout = "erc", Signature = "a()", Agreed = 3 },
                new DecoderReport { Contract = s_router, Layout = "router", Signature = "b()", Agreed = 1, FeeOnTransfer = 2, Partial = 3, Disagreed = 2, CertainlyWrong = 1, RecentlyWrong = 2, IsDrifting = true },
                new DecoderReport { Contract = s_router, Layout = "router", Signature = "c()", Agreed = 9 },
            ],
            NotGraded: 7));

        var (_, body) = await api.GetAsync("/decoders");

        JsonText.AssertIs(body, $$"""
            {"chain":"1","decoders":[
              {"contract":"{{s_router}}","name":null,"layout":"router","signature":"b()","graded":8,"agreed":1,"feeOnTransfer":2,"partial":3,"disagreed":2,"certainlyWrong":1,"accuracyBasisPoints":7500,"recentlyWrong":2,"drifting":true},
              {"contract":"{{s_router}}","name":null,"layout":"router","signature":"c()","graded":9,"agreed":9,"feeOnTransfer":0,"partial":0,"disagreed":0,"certainlyWrong":0,"accuracyBasisPoints":10000,"recentlyWrong":0,"drifting":false},
              {"contract":null,"name":null,"layout":"erc","signature":"a()","graded":3,"agreed":3,"feeOnTransfer":0,"partial":0,"disagreed":0,"certainlyWrong":0,"accuracyBasisPoints":10000,"recentlyWrong":0,"drifting":false}],
             "notGraded":7}
            """);
    }
}
