using System.Text.Json;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Refusals;

namespace Mempulse.JsonRpc.Tests;

/// <summary>Answers in every form that nodes send.</summary>
public sealed class RpcAnswersTests
{
    [Fact]
    public void Answers_are_in_the_order_of_their_calls_whatever_order_they_arrived_in()
    {
        using var answers = Read("""[{"id":2,"result":"c"},{"id":0,"result":"a"},{"id":1,"result":"b"}]""", calls: 3);

        Assert.Equal("abc", string.Concat(answers[0].Result.GetString(), answers[1].Result.GetString(), answers[2].Result.GetString()));
    }

    [Fact]
    public void A_call_without_an_answer_is_malformed_and_the_others_are_answered()
    {
        using var answers = Read("""[{"id":1,"result":null},7,{"id":9,"result":1},{"id":"0","result":1}]""", calls: 2);

        Assert.Equal(RefusalKind.Malformed, answers[0].Refusal.Kind);
        Assert.Equal((false, false), (answers[1].IsRefused, answers[1].HasResult));
    }

    [Fact]
    public void One_error_object_refuses_a_whole_batch()
    {
        using var answers = Read("""{"id":null,"error":{"code":-32600,"message":"batch too large"}}""", calls: 3);

        Assert.All([answers[0], answers[1], answers[2]], answer => Assert.Equal(RefusalKind.BatchTooLarge, answer.Refusal.Kind));
    }

    [Theory]
    [InlineData("""{"id":0,"error":{}}""", RefusalKind.Other)]
    [InlineData("""{"id":0,"error":{"code":0,"message":""}}""", RefusalKind.Other)]
    [InlineData("""{"id":0,"error":{"code":"x","message":7}}""", RefusalKind.Other)]
    [InlineData("""{"id":0,"result":1,"error":{"code":-32601}}""", RefusalKind.MethodNotSupported)]
    [InlineData("""{"id":0}""", RefusalKind.Malformed)]
    [InlineData("7", RefusalKind.Malformed)]
    public void An_error_of_any_form_is_a_refusal(string json, RefusalKind kind)
    {
        using var answers = Read(json, calls: 1);

        Assert.Equal((kind, true, false), (answers[0].Refusal.Kind, answers[0].IsRefused, answers[0].HasResult));
    }

    private static RpcAnswers Read(string json, int calls) => new(JsonDocument.Parse(json), calls);
}
