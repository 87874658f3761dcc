using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Ingest;

/// <summary>A lane as it is notified of what became of bodies.</summary>
/// <remarks>Called on the threads of any lane that shares the <see cref="DecodedBodies"/>, under its locks: an implementation notes and returns, and posts nothing.</remarks>
internal interface IBodyObserver
{
    /// <summary>A body was decoded and handed to the next append, by this lane or by another one of the chain.</summary>
    void Decoded(Hash256 hash, Address sender);

    /// <summary>A body is not in the log and will not be, unless a lane posts it again. Of another lane's bodies only those are reported that were decoded.</summary>
    void Failed(Hash256 hash, DropReason reason);

    /// <summary>A copy of a body that a source of this lane gave was bad in a way that the transaction's hash does not cover: it is not in the log, and another source's copy may be good.</summary>
    void CopyRefused(Hash256 hash, SourceId source);
}
