using Mempulse.Client.Requests;

namespace Mempulse.Client.Streaming;

/// <summary>How far a stream is, over all its connections. Confined to its reader.</summary>
internal sealed class StreamCursor(StreamQuery query)
{
    private int? _left = query.Limit;

    /// <summary>The id of the last item received; null before the first.</summary>
    public string? Last { get; private set; }

    /// <summary>How long to wait before the next connection.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>True when nothing more is to be read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Takes an item into account.</summary>
    public void Take(string id, StreamMessage message)
    {
        Last = id;
        _left -= message is StreamMessage.Logged ? 1 : 0;
    }

    /// <summary>The connection has ended as a whole, not broken: a stream that does not follow, or has reached its limit, is at its end.</summary>
    public void End(bool isWhole) => IsAtEnd = isWhole && (!query.Follow || _left <= 0);

    /// <summary>Adds the parameters of the next connection.</summary>
    public QueryString AddTo(QueryString address) => address
        .With("after", Last is null ? query.After : null)
        .With("types", query.Types)
        .With("tx", query.Tx)
        .With("sender", query.Sender)
        .With("opp", query.Opp)
        .With("bundle", query.Bundle)
        .With("follow", query.Follow ? null : "false")
        .With("limit", _left);
}
