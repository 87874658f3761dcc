namespace Mempulse.Ethereum.Tries;

/// <summary>What a trie, of which perhaps not all nodes are at hand, says of a key.</summary>
public enum TrieLookup
{
    /// <summary>A value stands there.</summary>
    Found = 0,

    /// <summary>Nothing stands there, and the nodes show it.</summary>
    Absent = 1,

    /// <summary>A node on the way is not at hand, or is none.</summary>
    Missing = 2,
}
