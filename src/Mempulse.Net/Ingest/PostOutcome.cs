namespace Mempulse.Net.Ingest;

/// <summary>What the queue did with an item.</summary>
internal enum PostOutcome
{
    /// <summary>It stands in the queue.</summary>
    Accepted,

    /// <summary>There was no room.</summary>
    Full,

    /// <summary>Its body is longer than the limit.</summary>
    Oversize,

    /// <summary>The queue takes nothing any more.</summary>
    Closed,
}
