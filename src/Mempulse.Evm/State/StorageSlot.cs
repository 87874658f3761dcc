using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>A slot within a run: one entry of the table, one lookup for value, original value and warmth.</summary>
internal struct StorageSlot
{
    public UInt256 Key;
    public UInt256 Current;

    /// <summary>The value when the transaction of <see cref="OriginalIn"/> began.</summary>
    public UInt256 Original;

    public int AccountIndex;

    /// <summary>Next entry of the same bucket, or -1.</summary>
    public int NextInBucket;

    /// <summary>Next slot of the same account, or -1.</summary>
    public int NextOfAccount;

    public uint OriginalIn;
    public uint WarmIn;
}
