using System.Collections;
using System.Text.Json;

namespace Mempulse.JsonRpc.Calls;

/// <summary>The answers to several calls, in the order of the calls. Owns the memory they point into.</summary>
public sealed class RpcAnswers : IReadOnlyList<RpcAnswer>, IDisposable
{
    private readonly List<JsonDocument> _documents = [];
    private readonly RpcAnswer[] _answers;

    internal RpcAnswers(int calls)
    {
        _answers = new RpcAnswer[calls];
        Array.Fill(_answers, RpcAnswer.Malformed);
    }

    /// <summary>Number of answers, which equals the number of calls.</summary>
    public int Count => _answers.Length;

    /// <summary>The answer to one call.</summary>
    public RpcAnswer this[int index]
    {
        get => _answers[index];
        internal set => _answers[index] = value;
    }

    /// <inheritdoc/>
    public IEnumerator<RpcAnswer> GetEnumerator() => ((IEnumerable<RpcAnswer>)_answers).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Releases the memory. No answer may be read afterwards.</summary>
    public void Dispose() => _documents.ForEach(static document => document.Dispose());

    /// <summary>Takes ownership of a message that answers point into.</summary>
    internal void Own(JsonDocument message) => _documents.Add(message);
}
