namespace Mempulse.Devp2p.Wire;

/// <summary>What two nodes have in common, and at which id the messages of each start.</summary>
/// <remarks>
/// <see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#message-id-based-multiplexing"/>: of each name the highest version that
/// both offer, in alphabetical order of the names, one after the other from 0x10.
/// </remarks>
internal sealed class SharedCapabilities
{
    private readonly List<(Capability Capability, int Offset, int Count)> _entries = [];

    /// <param name="ours">What we offer, with the number of message ids of each.</param>
    /// <param name="theirs">What the other side offers; repeated and unknown offers do no harm.</param>
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

    /// <summary>The version of <paramref name="name"/> in common and where its ids start; null when there is none.</summary>
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
