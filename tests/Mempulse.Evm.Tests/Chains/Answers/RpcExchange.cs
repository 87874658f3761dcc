using System.Text;
using System.Text.Json;

namespace Mempulse.Evm.Tests.Chains.Answers;

/// <summary>A request and what the node answered.</summary>
/// <param name="Method">The method.</param>
/// <param name="Params">Its parameters; those at the end may be left out.</param>
/// <param name="Answer">The answer: "result" or "error".</param>
internal sealed record RpcExchange(string Method, IReadOnlyList<JsonElement> Params, JsonElement Answer)
{
    private const string RequestMark = ">> ";
    private const string AnswerMark = "<< ";

    /// <summary>The result; of no kind when the node answered with an error.</summary>
    public JsonElement Result => Answer.TryGetProperty("result", out var result) ? result : default;

    public bool IsError => Answer.TryGetProperty("error", out _);

    /// <summary>The exchanges of a file, whose other lines are comments.</summary>
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

    /// <summary>A parameter that is text; null when it was left out.</summary>
    public string? Text(int index) => index < Params.Count ? Params[index].GetString() : null;

    private static List<JsonElement> Read(string[] lines, string mark) =>
        [.. lines.Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => JsonSerializer.Deserialize<JsonElement>(line[mark.Length..]))];
}
