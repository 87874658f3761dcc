using System.Globalization;
using System.Text;
using CsCheck;
using Mempulse.Builder.Answers;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Tests.Answers;

/// <summary>Every answer has a class, and every class a consequence.</summary>
public sealed class AnswerClassifierTests
{
    private const string Hash = "0x2228f5d8954ce31dc1601a8ba264dbd401bf1428388ce88238932815c5d6f23f";

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{"bundleHash":"0x2228f5d8954ce31dc1601a8ba264dbd401bf1428388ce88238932815c5d6f23f"}}""", Hash)]
    [InlineData("""{"jsonrpc":"2.0","id":"7","result":{"bundleHash":"0x2228f5d8954ce31dc1601a8ba264dbd401bf1428388ce88238932815c5d6f23f","smart":"true"}}""", Hash)]
    [InlineData("""{"result":{"bundleHash":"0x2228f5d8954ce31dc1601a8ba264dbd401bf1428388ce88238932815c5d6f23f"},"error":null,"id":7}""", Hash)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":"0x2228f5d8954ce31dc1601a8ba264dbd401bf1428388ce88238932815c5d6f23f"}""", Hash)]
    [InlineData("""{"bundleHash":"0x2228f5d8954ce31dc1601a8ba264dbd401bf1428388ce88238932815c5d6f23f"}""", Hash)]
    [InlineData("""{"result":200}""", null)]
    [InlineData("""{"result":200,"error":null,"id":7}""", null)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"result":true}""", null)]
    [InlineData("""  {"jsonrpc":"2.0","id":7,"result":null}  """, null)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{"bundleHash":"0x123"}}""", null)]
    public void A_result_is_accepted_with_the_hash_that_it_names(string body, string? hash)
    {
        var answer = Classify(body);

        Assert.Equal((ErrorClass.None, AttemptConsequence.Accepted, hash), (answer.Class, answer.Consequence, answer.NamedHash?.ToString()));
    }

    [Theory]
    [InlineData("{}", ErrorClass.EmptyObject)]
    [InlineData(" { } ", ErrorClass.EmptyObject)]
    [InlineData("", ErrorClass.EmptyBody)]
    [InlineData(" \r\n", ErrorClass.EmptyBody)]
    [InlineData("OK", ErrorClass.PlainText)]
    [InlineData("\"OK\"", ErrorClass.PlainText)]
    [InlineData("error code: 1020", ErrorClass.PlainText)]
    [InlineData("<!DOCTYPE html><html></html>", ErrorClass.Html)]
    [InlineData("[]", ErrorClass.Malformed)]
    [InlineData("{\"error\":\"\\ud800\"}", ErrorClass.Malformed)]
    [InlineData("{\"id\":\"\\ud800\",\"result\":200}", ErrorClass.Malformed)]
    [InlineData("{\"result\":", ErrorClass.Malformed)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7}", ErrorClass.Malformed)]
    [InlineData("{\"result\":200}{\"result\":200}", ErrorClass.Malformed)]
    [InlineData("{\"result\":200,\"result\":400}", ErrorClass.Malformed)]
    [InlineData("{\"id\":8,\"result\":200}", ErrorClass.AnotherId)]
    [InlineData("{\"id\":\"007\",\"result\":200}", ErrorClass.AnotherId)]
    [InlineData("{\"id\":7.5,\"result\":200}", ErrorClass.AnotherId)]
    [InlineData("{\"id\":[7],\"result\":200}", ErrorClass.AnotherId)]
    [InlineData("{\"id\":8,\"error\":{\"code\":-32602,\"message\":\"no\"}}", ErrorClass.AnotherId)]
    public void Success_without_a_result_leaves_it_open_whether_the_builder_has_the_bundle(string body, ErrorClass expected)
    {
        var answer = Classify(body);

        Assert.Equal((expected, AttemptConsequence.Unknown, null), (answer.Class, answer.Consequence, answer.NamedHash));
    }

    [Theory]
    [InlineData("""{"id":7,"error":{"code":-32602,"message":"invalid params"}}""", ErrorClass.Refused, AttemptConsequence.DoNotRetry)]
    [InlineData("""{"id":null,"error":{"code":-32000,"message":"bundle already expired"}}""", ErrorClass.Refused, AttemptConsequence.DoNotRetry)]
    [InlineData("""{"id":7,"error":"no"}""", ErrorClass.Refused, AttemptConsequence.DoNotRetry)]
    [InlineData("""{"id":7,"result":false}""", ErrorClass.Refused, AttemptConsequence.DoNotRetry)]
    [InlineData("""{"id":7,"result":400}""", ErrorClass.Refused, AttemptConsequence.DoNotRetry)]
    [InlineData("""{"code":400,"message":"bad"}""", ErrorClass.Refused, AttemptConsequence.DoNotRetry)]
    [InlineData("""{"id":7,"error":{"code":-32601,"message":"the method eth_callBundle does not exist"}}""", ErrorClass.MethodUnknown, AttemptConsequence.DoNotRetry)]
    [InlineData("""{"id":7,"error":{"code":-32000,"message":"bundle too large"}}""", ErrorClass.RequestTooLarge, AttemptConsequence.DoNotRetry)]
    [InlineData("""{"id":7,"error":{"code":-32005,"message":"rate limit exceeded, try again in 3s"}}""", ErrorClass.RateLimited, AttemptConsequence.Retry)]
    [InlineData("""{"id":7,"error":{"code":-32603,"message":"Internal error"}}""", ErrorClass.ServerError, AttemptConsequence.Unknown)]
    [InlineData("""{"id":7,"error":{"code":-32000,"message":"request timed out"}}""", ErrorClass.ServerError, AttemptConsequence.Unknown)]
    [InlineData("""{"id":7,"result":500}""", ErrorClass.ServerError, AttemptConsequence.Unknown)]
    public void An_error_says_whether_the_request_can_be_repeated(string body, ErrorClass expected, AttemptConsequence consequence)
    {
        var answer = Classify(body);

        Assert.Equal((expected, consequence), (answer.Class, answer.Consequence));
    }

    [Theory]
    [InlineData(301, ErrorClass.Redirected, AttemptConsequence.DoNotRetry)]
    [InlineData(307, ErrorClass.Redirected, AttemptConsequence.DoNotRetry)]
    [InlineData(400, ErrorClass.Refused, AttemptConsequence.DoNotRetry)]
    [InlineData(401, ErrorClass.NotAuthorized, AttemptConsequence.DoNotRetry)]
    [InlineData(403, ErrorClass.NotAuthorized, AttemptConsequence.DoNotRetry)]
    [InlineData(404, ErrorClass.Refused, AttemptConsequence.DoNotRetry)]
    [InlineData(408, ErrorClass.GatewayTimeout, AttemptConsequence.Unknown)]
    [InlineData(413, ErrorClass.RequestTooLarge, AttemptConsequence.DoNotRetry)]
    [InlineData(429, ErrorClass.RateLimited, AttemptConsequence.Retry)]
    [InlineData(500, ErrorClass.ServerError, AttemptConsequence.Unknown)]
    [InlineData(502, ErrorClass.ServerError, AttemptConsequence.Unknown)]
    [InlineData(503, ErrorClass.Unavailable, AttemptConsequence.Retry)]
    [InlineData(504, ErrorClass.GatewayTimeout, AttemptConsequence.Unknown)]
    [InlineData(520, ErrorClass.ServerError, AttemptConsequence.Unknown)]
    [InlineData(100, ErrorClass.ServerError, AttemptConsequence.Unknown)]
    public void A_status_without_success_decides_whatever_the_body_claims(int status, ErrorClass expected, AttemptConsequence consequence)
    {
        string[] bodies = ["", "<html></html>", "{}", "{\"id\":7,\"result\":{\"bundleHash\":\"" + Hash + "\"}}", "busy"];

        Assert.All(bodies, body =>
        {
            var answer = Classify(body, status);
            Assert.Equal((expected, consequence, null, status), (answer.Class, answer.Consequence, answer.NamedHash, answer.Status));
        });
    }

    [Theory]
    [InlineData(400, -32601, "the method x does not exist", ErrorClass.MethodUnknown)]
    [InlineData(500, -32602, "invalid params", ErrorClass.Refused)]
    [InlineData(500, -32005, "rate limit", ErrorClass.RateLimited)]
    [InlineData(504, -32602, "invalid params", ErrorClass.GatewayTimeout)]
    [InlineData(429, -32602, "invalid params", ErrorClass.RateLimited)]
    public void An_error_in_the_body_is_more_exact_than_a_status_for_everything(int status, int code, string message, ErrorClass expected)
    {
        var answer = Classify("{\"id\":7,\"error\":{\"code\":" + code.ToString(CultureInfo.InvariantCulture) + ",\"message\":\"" + message + "\"}}", status);

        Assert.Equal((expected, code, message), (answer.Class, answer.Code, answer.Message));
    }

    [Fact]
    public void The_wait_of_the_header_goes_before_that_of_the_text()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"id":7,"error":{"code":-32005,"message":"rate limit, try again in 3s"}}""");

        Assert.Equal(TimeSpan.FromSeconds(3), AnswerClassifier.Classify(new HttpAnswer(429, body), 7).RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(9), AnswerClassifier.Classify(new HttpAnswer(429, body, RetryAfter: TimeSpan.FromSeconds(9)), 7).RetryAfter);
    }

    [Fact]
    public void A_body_that_goes_on_is_too_long_whatever_it_begins_with() =>
        Assert.Equal((ErrorClass.TooLong, AttemptConsequence.Unknown), (AnswerClassifier.Classify(new HttpAnswer(200, "{}"u8.ToArray(), IsCut: true), 7) is var answer ? answer.Class : default, answer.Consequence));

    [Fact]
    public void A_page_is_known_by_its_type_too() =>
        Assert.Equal(ErrorClass.Html, AnswerClassifier.Classify(new HttpAnswer(200, "Just a moment"u8.ToArray(), MediaType: "text/html"), 7).Class);

    [Fact]
    public void No_bytes_throw_and_a_message_is_short_and_printable() =>
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[100, 599], Gen.Bool).Sample((body, status, isJson) =>
        {
            byte[] given = isJson ? [.. "{\"error\":\""u8, .. body, .. "\"}"u8] : body;

            var answer = AnswerClassifier.Classify(new HttpAnswer(status, given), 7);

            return Enum.IsDefined(answer.Class)
                && Enum.IsDefined(answer.Consequence)
                && answer.Message.Length <= RelayAnswer.MaxMessageChars
                && !answer.Message.Any(char.IsControl)
                && (status is >= 200 and < 300 || answer.Consequence != AttemptConsequence.Accepted);
        }, iter: 2_000);

    [Fact]
    public void Every_class_has_a_consequence_and_only_proof_allows_a_retry()
    {
        Assert.All(Enum.GetValues<ErrorClass>(), kind => Assert.True(Enum.IsDefined(ErrorClasses.ConsequenceOf(kind))));
        Assert.Equal(
            [ErrorClass.RateLimited, ErrorClass.Unavailable, ErrorClass.NotConnected],
            Enum.GetValues<ErrorClass>().Where(kind => ErrorClasses.ConsequenceOf(kind) == AttemptConsequence.Retry));
    }

    private static RelayAnswer Classify(string body, int status = 200) => AnswerClassifier.Classify(new HttpAnswer(status, Encoding.UTF8.GetBytes(body)), 7);
}
