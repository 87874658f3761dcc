using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>A slot during a run; one table entry holds current value, original value and warmth.</summary>
internal struct StorageSlot
{
    public UInt256 Key;
    public UInt256 Current;

    /// <summary>The value at the start of transaction <see cref="OriginalIn"/>.</summary>
    public UInt256 Original;

    public int AccountIndex;

    /// <summary>Index of the next entry of the same bucket; -1 at the end.</summary>
    public int NextInBucket;

    /// <summary>Index of the next slot of the same account; -1 at the end.</summary>
    public int NextOfAccount;

    public uint OriginalIn;
    public uint WarmIn;
}
