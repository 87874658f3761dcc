using System.Text.Json;

namespace Mempulse.JsonRpc.Calls;

/// <summary>The answers to a batch, in the order of its calls. Owns the memory they point into.</summary>
public sealed class RpcAnswers : IDisposable
{
    private readonly JsonDocument _document;
    private readonly RpcAnswer[] _answers;

    internal RpcAnswers(JsonDocument document, int calls)
    {
        _document = document;
        _answers = new RpcAnswer[calls];
        Array.Fill(_answers, RpcAnswer.Malformed);
        if (document.RootElement.ValueKind == JsonValueKind.Array)
        {
            foreach (var response in document.RootElement.EnumerateArray())
            {
                Place(response);
            }
        }
        else
        {
            // One object answers a single call or refuses a whole batch.
            Array.Fill(_answers, RpcAnswer.Read(document.RootElement));
        }
    }

    /// <summary>Number of answers, which equals the number of calls.</summary>
    public int Count => _answers.Length;

    /// <summary>The answer to one call.</summary>
    public RpcAnswer this[int index] => _answers[index];

    /// <summary>Releases the memory. No answer may be read afterwards.</summary>
    public void Dispose() => _document.Dispose();

    private void Place(JsonElement response)
    {
        if (response.ValueKind == JsonValueKind.Object
            && response.TryGetProperty("id"u8, out var id)
            && id.ValueKind == JsonValueKind.Number
            && id.TryGetInt32(out int index)
            && (uint)index < (uint)_answers.Length)
        {
            _answers[index] = RpcAnswer.Read(response);
        }
    }
}
