using System.Text.Json;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Refusals;

namespace Mempulse.JsonRpc.Tests;

/// <summary>Replies in every form that nodes send.</summary>
public sealed class RpcReplyTests
{
    [Theory]
    [InlineData("""[{"id":2,"result":"c"},{"id":0,"result":"a"},{"id":1,"result":"b"}]""")]
    [InlineData("""[{"id":"2","result":"c"},{"id":"0","result":"a"},{"id":"1","result":"b"}]""")]
    [InlineData("""[{"id":"0x2","result":"c"},{"id":"0x00","result":"a"},{"id":"0X1","result":"b"}]""")]
    [InlineData("""[{"id":2.0,"result":"c"},{"id":0.0,"result":"a"},{"id":1e0,"result":"b"}]""")]
    public void Answers_are_in_the_order_of_their_calls_whatever_their_order_and_the_notation_of_their_ids(string json)
    {
        var reply = Batch(json, calls: 3);

        Assert.Equal("abc", string.Concat(reply.Answers.Select(answer => answer.Result.GetString())));
    }

    [Theory]
    [InlineData("""[{"id":1,"result":null},7,{"id":9,"result":1},{"id":"zero","result":1}]""")]
    [InlineData("""[{"id":1,"result":null},{"result":1},{"id":null,"result":1},{"id":0.5,"result":1},{"id":-1,"result":1}]""")]
    [InlineData("""[{"id":1,"result":null},{"id":0,"result":1},{"id":"0","result":2}]""")] // two answers to one call
    public void A_call_without_one_clear_answer_is_malformed_and_the_others_are_answered(string json)
    {
        var reply = Batch(json, calls: 2);

        Assert.Equal(RefusalKind.Malformed, reply.Answers[0].Refusal.Kind);
        Assert.Equal((false, false), (reply.Answers[1].IsRefused, reply.Answers[1].HasResult));
    }

    [Theory]
    [InlineData("""{"id":null,"error":{"code":-32600,"message":"batch too large"}}""", RefusalKind.BatchTooLarge)]
    [InlineData("""[{"id":null,"error":{"code":-32600,"message":"batch too large"}}]""", RefusalKind.BatchTooLarge)]
    [InlineData("""{"error":"batches are not supported"}""", RefusalKind.NotSupportedInBatch)]
    [InlineData("""{"id":0,"result":"a"}""", RefusalKind.Malformed)]
    [InlineData("7", RefusalKind.Malformed)]
    public void One_object_refuses_a_whole_batch(string json, RefusalKind kind) => Assert.Equal(kind, Batch(json, calls: 3).Whole.Kind);

    [Theory]
    [InlineData("""{"id":0,"error":{}}""", RefusalKind.Other)]
    [InlineData("""{"id":0,"error":{"code":0,"message":""}}""", RefusalKind.Other)]
    [InlineData("""{"id":0,"error":{"code":"x","message":7}}""", RefusalKind.Other)]
    [InlineData("""{"id":0,"error":"Unauthorized"}""", RefusalKind.Other)]
    [InlineData("""{"id":0,"result":1,"error":{"code":-32601}}""", RefusalKind.MethodNotSupported)]
    [InlineData("""{"id":0}""", RefusalKind.Malformed)]
    [InlineData("7", RefusalKind.Malformed)]
    public void An_error_of_any_form_is_a_refusal(string json, RefusalKind kind)
    {
        var answer = RpcReply.ReadSingle(JsonDocument.Parse(json)).Answers[0];

        Assert.Equal((kind, true, false), (answer.Refusal.Kind, answer.IsRefused, answer.HasResult));
    }

    [Theory]
    [InlineData("""{"id":0,"result":"a","error":null}""")]
    [InlineData("""{"id":null,"result":"a"}""")]
    [InlineData("""[{"id":7,"result":"a"}]""")]
    public void A_single_call_needs_no_id(string json) => Assert.Equal("a", RpcReply.ReadSingle(JsonDocument.Parse(json)).Answers[0].Result.GetString());

    private static RpcReply Batch(string json, int calls) => RpcReply.ReadBatch(JsonDocument.Parse(json), calls);
}
