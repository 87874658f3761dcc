using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Markets;

/// <summary>A market that an event or a transaction named. Its reserves are entries of their own.</summary>
internal sealed class MarketEntry(Address contract, LendingForm form, Address oracle) : StateEntry, IKeyed<Address>
{
    public const byte EntryTag = 0x51;

    private readonly ReserveEntry?[] _reserves = new ReserveEntry?[AaveReading.MaxReserves];

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public Address Key { get; } = contract;

    public LendingForm Form { get; } = form;

    public Address Oracle { get; } = oracle;

    /// <summary>True while its state is known.</summary>
    public bool IsHeld { get; set; }

    /// <summary>The block at which it was read.</summary>
    public BlockNumber ReadAt { get; set; }

    /// <summary>True if the values were proven.</summary>
    public bool IsProven { get; set; }

    /// <summary>The revision of its code.</summary>
    public int Revision { get; set; }

    /// <summary>What strategies see; null after a change. Not encoded: it follows from the rest.</summary>
    public LendingMarket? View { get; set; }

    /// <summary>Its reserves by their places, without those behind the last one. Not encoded: each reserve names its market.</summary>
    public IReadOnlyList<ReserveEntry?> Reserves => new ArraySegment<ReserveEntry?>(_reserves, 0, Places);

    /// <summary>Number of places up to the last reserve.</summary>
    public int Places { get; private set; }

    /// <summary>The contracts of the reserves by their places.</summary>
    public IReadOnlyList<ReserveTokens> Tokens => [.. Reserves.Select(static reserve => reserve?.Tokens ?? default)];

    /// <summary>Puts a reserve at its place, or takes it away.</summary>
    public void Set(int place, ReserveEntry? reserve)
    {
        _reserves[place] = reserve;
        Places = Array.FindLastIndex(_reserves, static known => known is not null) + 1;
    }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key);
        writer.Write((byte)Form);
        writer.Write(Oracle);
        writer.Write(IsHeld);
        writer.Write(ReadAt.Value);
        writer.Write(IsProven);
        writer.WriteCount(Revision);
    }

    public static MarketEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        return new MarketEntry(reader.ReadAddress(), reader.ReadEnum(LendingForm.AaveV3), reader.ReadAddress())
        {
            IsHeld = reader.ReadBoolean(),
            ReadAt = new BlockNumber(reader.ReadUInt64()),
            IsProven = reader.ReadBoolean(),
            Revision = reader.ReadInt32(),
        };
    }
}
