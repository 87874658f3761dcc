namespace Mempulse.Net.Ingest;

/// <summary>The outcome of a post to the queue.</summary>
internal enum PostOutcome
{
    /// <summary>The item is queued.</summary>
    Accepted,

    /// <summary>The queue is full.</summary>
    Full,

    /// <summary>The body exceeds the size limit.</summary>
    Oversize,

    /// <summary>The queue is closed.</summary>
    Closed,
}
