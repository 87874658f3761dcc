namespace Mempulse.Devp2p.Wire;

/// <summary>The capabilities that two nodes share, with the message id offset of each.</summary>
/// <remarks>
/// <see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#message-id-based-multiplexing"/>: the highest common version of each name, in
/// alphabetical order of the names, with consecutive id ranges from 0x10.
/// </remarks>
internal sealed class SharedCapabilities
{
    private readonly List<(Capability Capability, int Offset, int Count)> _entries = [];

    /// <param name="ours">The capabilities that we offer, with the number of message ids of each.</param>
    /// <param name="theirs">The capabilities that the peer offers; duplicates and unknown ones are ignored.</param>
    public SharedCapabilities(IEnumerable<(Capability Capability, int MessageCount)> ours, IEnumerable<Capability> theirs)
    {
        var offered = theirs.ToHashSet();
        int offset = BaseProtocol.MessageCount;
        foreach (var group in ours.Where(own => offered.Contains(own.Capability)).GroupBy(own => own.Capability.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var best = group.MaxBy(own => own.Capability.Version);
            _entries.Add((best.Capability, offset, best.MessageCount));
            offset += best.MessageCount;
        }
    }

    /// <summary>Returns the shared version of <paramref name="name"/> with its id offset and id count; null when it is not shared.</summary>
    public (ulong Version, int Offset, int Count)? Find(string name)
    {
        foreach (var (capability, offset, count) in _entries)
        {
            if (capability.Name == name)
            {
                return (capability.Version, offset, count);
            }
        }

        return null;
    }
}
