using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Refusals;
using Mempulse.Primitives;

namespace Mempulse.Net.Mempool;

/// <summary>The bodies of one batch of requests while they are fetched. Confined to the fetching loop.</summary>
internal sealed class FetchedBodies
{
    private readonly List<Entry> _entries;
    private readonly ChainId _chain;
    private int _settled;

    public FetchedBodies(IEnumerable<BodyRequest> requests, ChainId chain)
    {
        _entries = [.. requests.Select(static request => new Entry(request))];
        _chain = chain;
    }

    /// <summary>True if another form may bring a body that is missing.</summary>
    public bool HasAnotherWay => _entries.Exists(static entry => entry.IsWanted);

    /// <summary>The request at an index.</summary>
    public BodyRequest this[int index] => _entries[index].Request;

    /// <summary>Returns the indices of the bodies to ask for.</summary>
    public IReadOnlyList<int> Wanted() => [.. Enumerable.Range(0, _entries.Count).Where(index => _entries[index].IsWanted)];

    /// <summary>Takes the answer to one request. A refused or unreadable form leaves the other one; a body that the source does not have yet, only if it was asked before.</summary>
    public void Take(int index, in RpcAnswer answer, BodyForm form)
    {
        var entry = _entries[index];
        entry.Raw = form == BodyForm.Raw ? BodyText.ReadRaw(answer.Result) : BodyText.Encode(answer.Result, _chain, out _);
        bool isTemporary = answer.Refusal.Kind is RefusalKind.RateLimited or RefusalKind.Transient;
        bool isAbsent = !answer.IsRefused && (!answer.HasResult || (form == BodyForm.Raw && entry.Raw is null));
        entry.IsWanted = entry.Raw is null && !isTemporary && (!isAbsent || entry.Request.Attempts > 0);
        entry.Problem = answer.IsRefused ? $"The source answered error {answer.Refusal.Code}."
            : answer.HasResult && form == BodyForm.Fields ? "The source's transaction object cannot be read."
            : "The source does not have it.";
    }

    /// <summary>Posts what was fetched, and has the rest retried.</summary>
    public async ValueTask SettleAsync(
        Func<BodyRequest, byte[], CancellationToken, ValueTask> post, Action<BodyRequest, string> retry, CancellationToken cancellationToken)
    {
        for (; _settled < _entries.Count; _settled++)
        {
            var entry = _entries[_settled];
            if (entry.Raw is { } raw)
            {
                await post(entry.Request, raw, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                retry(entry.Request, entry.Problem);
            }
        }
    }

    /// <summary>Has everything retried that is not settled.</summary>
    public void GiveUp(Action<BodyRequest, string> retry, string problem)
    {
        for (; _settled < _entries.Count; _settled++)
        {
            retry(_entries[_settled].Request, problem);
        }
    }

    private sealed class Entry(BodyRequest request)
    {
        public BodyRequest Request { get; } = request;

        public byte[]? Raw { get; set; }

        public bool IsWanted { get; set; } = true;

        public string Problem { get; set; } = string.Empty;
    }
}
