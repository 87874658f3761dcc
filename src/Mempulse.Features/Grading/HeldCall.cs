using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Grading;

/// <summary>A transaction with a decoded trade, held until its receipt is known or it is gone.</summary>
/// <param name="tx">Its hash.</param>
/// <param name="sender">Its sender.</param>
/// <param name="target">The contract that it calls.</param>
/// <param name="value">The ether that it sends.</param>
/// <param name="calldata">Its calldata, which is shared and must not change.</param>
internal sealed class HeldCall(Hash256 tx, Address sender, Address target, UInt256 value, byte[] calldata) : StateEntry, IKeyed<Hash256>
{
    public const byte EntryTag = 0x34;

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public Hash256 Key { get; } = tx;

    /// <summary>Its sender.</summary>
    public Address Sender { get; } = sender;

    /// <summary>The contract that it calls.</summary>
    public Address Target { get; } = target;

    /// <summary>The ether that it sends.</summary>
    public UInt256 Value { get; } = value;

    /// <summary>Its calldata.</summary>
    public ReadOnlySpan<byte> Calldata => calldata;

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key);
        writer.Write(Sender);
        writer.Write(Target);
        writer.Write(Value);
        writer.Write(Calldata);
    }

    public static HeldCall Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        return new HeldCall(reader.ReadHash(), reader.ReadAddress(), reader.ReadAddress(), reader.ReadUInt256(), reader.ReadBytes().ToArray());
    }
}
