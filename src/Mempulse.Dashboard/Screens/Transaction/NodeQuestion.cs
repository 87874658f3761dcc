using System.Text.Json;
using Mempulse.Client.Transactions;
using Mempulse.Dashboard.Format;

namespace Mempulse.Dashboard.Screens.Transaction;

/// <summary>What POST /tx/{hash}/ask answered to the browser, with the browser's own key.</summary>
/// <param name="Status">The status; 0 if the node did not answer the browser.</param>
/// <param name="Body">The body.</param>
internal sealed record NodeQuestion(int Status, string Body)
{
    private static readonly JsonSerializerOptions _web = new(JsonSerializerDefaults.Web);

    /// <summary>What nodes say; null if they were not asked.</summary>
    public NodesResponse? Answer => Status == 200 ? JsonSerializer.Deserialize<NodesResponse>(Body, _web) : null;

    /// <summary>Why nodes were not asked: in a word, and in a sentence.</summary>
    public (string Word, string Sentence) Refusal => Status switch
    {
        0 => ("Not asked", "This page did not reach its node."),
        401 or 403 or 429 => ("Refused", Detail),
        _ => ("Not asked", Detail),
    };

    private string Detail
    {
        get
        {
            try
            {
                using var problem = JsonDocument.Parse(Body);
                return ChainText.Of(problem.RootElement.GetProperty("detail").GetString() ?? string.Empty);
            }
            catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                return $"The answer has status {Status}.";
            }
        }
    }

    /// <summary>What a node says, in a sentence.</summary>
    public static string SentenceOf(NodeStatementPart said) => said.Says switch
    {
        "Absent" => "does not know this transaction",
        "Pending" => "has it in its pool, in no block",
        "Included" => $"has it in block {Figures.Count(said.Number ?? 0)}",
        "Refused" => $"refused. {said.Detail}",
        _ => $"did not answer. {said.Detail}",
    };
}
