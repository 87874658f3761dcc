using System.Text;
using System.Text.Json;

namespace Mempulse.Evm.Tests.Chains.Answers;

/// <summary>A recorded JSON-RPC request and the node's answer.</summary>
/// <param name="Method">The method.</param>
/// <param name="Params">The parameters; trailing ones may be omitted.</param>
/// <param name="Answer">The response object, which has a "result" or an "error".</param>
internal sealed record RpcExchange(string Method, IReadOnlyList<JsonElement> Params, JsonElement Answer)
{
    private const string RequestMark = ">> ";
    private const string AnswerMark = "<< ";

    /// <summary>The result; undefined if the node answered with an error.</summary>
    public JsonElement Result => Answer.TryGetProperty("result", out var result) ? result : default;

    public bool IsError => Answer.TryGetProperty("error", out _);

    /// <summary>Reads the exchanges of a file; all other lines are comments.</summary>
    public static IReadOnlyList<RpcExchange> ReadAll(byte[] file)
    {
        var lines = Encoding.UTF8.GetString(file).Split('\n');
        var requests = Read(lines, RequestMark);
        var answers = Read(lines, AnswerMark);
        Assert.Equal(requests.Count, answers.Count);
        Assert.NotEmpty(requests);
        return [.. requests.Zip(answers, (request, answer) => new RpcExchange(
            request.GetProperty("method").GetString()!,
            request.TryGetProperty("params", out var parameters) ? [.. parameters.EnumerateArray()] : [],
            answer))];
    }

    /// <summary>Returns a text parameter; null if it was omitted.</summary>
    public string? Text(int index) => index < Params.Count ? Params[index].GetString() : null;

    private static List<JsonElement> Read(string[] lines, string mark) =>
        [.. lines.Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => JsonSerializer.Deserialize<JsonElement>(line[mark.Length..]))];
}
