using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Pool;

/// <summary>An account's nonce chain: its next nonce, and which transaction holds which nonce.</summary>
internal sealed class AccountEntry(Address address) : StateEntry, IKeyed<Address>, IListed
{
    private NonceSlots _slots;

    public override byte Tag => PoolTags.Account;

    public Address Address { get; } = address;

    /// <inheritdoc/>
    Address IKeyed<Address>.Key => Address;

    /// <summary>The nonce of the next transaction; meaningless while <see cref="Knowledge"/> is Assumed.</summary>
    public ulong Next { get; set; }

    /// <summary>How <see cref="Next"/> is known, as of gap <see cref="KnownAtGap"/>.</summary>
    public NonceKnowledge Knowledge { get; set; }

    /// <summary>Number of chain gaps when <see cref="Next"/> became known.</summary>
    public ulong KnownAtGap { get; set; }

    /// <summary>Holders of nonces: every waiting transaction, and the included ones until they leave the fold.</summary>
    public ref NonceSlots Slots => ref _slots;

    /// <summary>First nonce that is not ready: transactions waiting below it are pending, the others queued.</summary>
    /// <remarks>Derived from the other fields (INV-45); kept so that a status costs one comparison.</remarks>
    public ulong ReadyEnd { get; set; }

    /// <summary>Number of nonce moves in the window's blocks that refer to this account; it stays in the table while there are any.</summary>
    public int Pins { get; set; }

    /// <summary>True when the event being applied touched this account.</summary>
    public bool IsTouched { get; set; }

    /// <summary>True when the event being applied may have moved <see cref="ReadyEnd"/>.</summary>
    public bool NeedsReview { get; set; }

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

    /// <summary>How <see cref="Next"/> is known after <paramref name="gaps"/> chain gaps.</summary>
    public NonceKnowledge KnowledgeAfter(ulong gaps) =>
        Knowledge == NonceKnowledge.Chain && KnownAtGap != gaps ? NonceKnowledge.Reported : Knowledge;

    /// <summary>The ready end computed from the slots and the next nonce.</summary>
    public ulong ComputeReadyEnd() =>
        ReadyEndFrom(Knowledge == NonceKnowledge.Assumed ? Slots.LowestWaiting() ?? 0 : Next);

    /// <summary>Number of unused nonces below <paramref name="nonce"/> that no transaction holds; null where no nonce is missing and the next nonce is only assumed.</summary>
    public ulong? KnownMissingBelow(ulong nonce, ulong chainGaps)
    {
        ulong missing = nonce <= ReadyEnd ? 0 : nonce - ReadyEnd - (ulong)(Slots.IndexOfFirstFrom(nonce) - Slots.IndexOfFirstFrom(ReadyEnd));
        return missing > 0 || KnowledgeAfter(chainGaps) != NonceKnowledge.Assumed ? missing : null;
    }

    /// <summary>The first nonce from <paramref name="end"/> on that no transaction holds.</summary>
    public ulong ReadyEndFrom(ulong end)
    {
        for (int i = Slots.IndexOfFirstFrom(end); i < Slots.Count && Slots.NonceAt(i) == end && end != ulong.MaxValue; i++)
        {
            end++;
        }

        return end;
    }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Address);
        writer.Write(Next);
        writer.Write((byte)Knowledge);
        writer.Write(KnownAtGap);
        writer.Write(ListOrdinal);
    }

    public static AccountEntry Decode(ref EntryReader reader)
    {
        reader.Expect(PoolTags.Account);
        return new AccountEntry(reader.ReadAddress())
        {
            Next = reader.ReadUInt64(),
            Knowledge = reader.ReadEnum(NonceKnowledge.Chain),
            KnownAtGap = reader.ReadUInt64(),
            ListOrdinal = reader.ReadUInt64(),
        };
    }
}
