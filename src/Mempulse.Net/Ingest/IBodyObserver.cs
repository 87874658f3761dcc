using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Ingest;

/// <summary>Learns what became of bodies, in the order of their records.</summary>
/// <remarks>Of each body one of the three is told. Called on the pipeline's threads, under its locks: it notes and returns, and posts nothing.</remarks>
internal interface IBodyObserver
{
    /// <summary>A body was decoded and handed to the next append.</summary>
    void Decoded(Hash256 hash, Address sender);

    /// <summary>A body is not in the log and will not be, unless somebody posts it again.</summary>
    void Failed(Hash256 hash, DropReason reason);

    /// <summary>A source's copy of a body was bad in a way that the transaction's hash does not cover: it is not in the log, and another source's may be good.</summary>
    void CopyRefused(Hash256 hash, SourceId source);
}
