namespace Mempulse.Ethereum.Tries;

/// <summary>The outcome of a lookup in a trie that may lack some of its nodes.</summary>
public enum TrieLookup
{
    /// <summary>The key has a value.</summary>
    Found = 0,

    /// <summary>The nodes prove that the key has no value.</summary>
    Absent = 1,

    /// <summary>A node on the path is missing or malformed.</summary>
    Missing = 2,
}
