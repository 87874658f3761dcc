using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Ingest;

/// <summary>Receives the outcome of bodies.</summary>
/// <remarks>Called on the threads of any lane that shares the <see cref="DecodedBodies"/>, under that lane's locks. An implementation must not block or post.</remarks>
internal interface IBodyObserver
{
    /// <summary>A body was decoded and added to the next append, by this lane or by another lane of the chain.</summary>
    void Decoded(Hash256 hash, Address sender);

    /// <summary>A body is not in the log and will not be unless a lane posts it again. Bodies of other lanes are reported only if they were decoded.</summary>
    void Failed(Hash256 hash, DropReason reason);

    /// <summary>A source's copy of a body is invalid in a part that the transaction's hash does not cover. It is not in the log, and another source's copy may be valid.</summary>
    void CopyRefused(Hash256 hash, SourceId source);
}
